"""The editor in which the ICT department makes templates."""
