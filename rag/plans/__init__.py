"""Reading a nutritionist's plan: its lines, its meals and foods, its rules. ``rag.own_plan`` is the front."""
