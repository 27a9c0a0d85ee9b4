"""What a plan is and all that is done with it; never imports Qt."""
