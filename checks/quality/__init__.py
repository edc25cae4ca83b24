"""Quality gates: what a delivery or a layer must look like. Judges measures, never rows."""
