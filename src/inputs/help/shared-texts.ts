/** What every help says in the same words. */

export const VALUES = `Values
  Secrets are given as env:NAME (a variable) or file:PATH (a file), never as themselves: every process
  of a machine can read arguments. Lists take commas. Durations: 300 (seconds), 20s, 5m, 1h30m. PEM
  inputs take a path. --config names a YAML file with these same names and without secrets; what stands
  on the command line wins.`;

export const EXIT_CODES = `Exit codes
  0  ok, or changed         1  failed        2  bad input, nothing was done
  3  not ready (the gate)   4  partial: something was tried and failed, something else succeeded`;
