/** The run of the CI that this process is part of, from the variables that each CI documents. */

export interface CiRun {
  /** The same for all jobs of a run, also when a job is run again; null where the CI has no such id, or there is none. */
  readonly id: string | null;
  /** Its page; null when not known. */
  readonly url: string | null;
}

/** Jenkins has no id that the jobs of a pipeline share. */
export function ciRunOf(variable: (name: string) => string | undefined): CiRun {
  const value = (name: string) => variable(name) || null;
  const [server, repository] = [value('GITHUB_SERVER_URL'), value('GITHUB_REPOSITORY')];
  const github = value('GITHUB_RUN_ID');
  if (github !== null) {
    const known = server !== null && repository !== null;
    return { id: github, url: known ? `${server}/${repository}/actions/runs/${github}` : null };
  }
  return {
    id: value('CI_PIPELINE_ID') ?? value('BUILDKITE_BUILD_ID'),
    url: value('CI_PIPELINE_URL') ?? value('BUILDKITE_BUILD_URL') ?? value('BUILD_URL'),
  };
}
