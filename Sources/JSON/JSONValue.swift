// Interface under construction.
