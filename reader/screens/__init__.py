"""The screens, each joining the widgets it is made of."""
