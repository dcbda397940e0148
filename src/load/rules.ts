import { defineRules } from '../report/rule.ts';

const openModel = 'https://grafana.com/docs/k6/latest/using-k6/scenarios/concepts/open-vs-closed/';

/** What load-test checks. */
export const loadRules = defineRules({
  generatorFailed: {
    id: 'load/generator-failed',
    title: 'k6 did not bring the run to its end',
    why: 'Half a run has measured half a service; only exit code 0 with a whole result is a measurement.',
    fix: 'Read the error of k6 in the message, and run the step again.',
    outcome: 'inconclusive',
    reference: 'https://github.com/grafana/k6/blob/master/errext/exitcodes/codes.go',
  },
  noSamples: {
    id: 'load/no-samples',
    title: 'No request was counted',
    why: 'Without a sample every limit is kept. Nothing was measured.',
    fix: 'Give a longer `duration`, or a shorter `warm-up`.',
    outcome: 'inconclusive',
  },
  dropped: {
    id: 'load/dropped-iterations',
    title: 'k6 could not start every request that was due',
    why: 'The service saw less load than the test promises, so limits that were kept say nothing about the promised load.',
    fix: 'Run the step on a larger runner, or at a lower `rate`.',
    outcome: 'inconclusive',
    reference: 'https://grafana.com/docs/k6/latest/using-k6/scenarios/concepts/dropped-iterations/',
  },
  rateNotReached: {
    id: 'load/rate-not-reached',
    title: 'Fewer requests were sent than the rate promises',
    why: 'The service saw less load than the test promises, so limits that were kept say nothing about the promised load.',
    fix: 'Run the step on a larger runner, or at a lower `rate`.',
    outcome: 'inconclusive',
    reference: openModel,
  },
  endpointNotAsked: {
    id: 'load/endpoint-not-asked',
    title: 'An endpoint of the list was never asked',
    why: 'Nothing is known about an endpoint without a request.',
    fix: 'Give a longer `duration` or a higher `rate`, so that every weight gets its turn.',
    outcome: 'inconclusive',
  },
  noAnswer: {
    id: 'load/no-answer',
    title: 'The service answered no request at all',
    why: 'A service that answers nobody keeps no objective.',
    fix: 'Check that the service runs, and that `url` is its address as the runner sees it.',
    outcome: 'fail',
  },
  tooSlow: {
    id: 'load/latency-over-objective',
    title: 'Answers take longer than the objective allows',
    why: 'Users wait longer than the service promises. A request without an answer counts with the whole time limit.',
    fix: 'Find the endpoint in the table that is slow; compare with the release before.',
    outcome: 'fail',
  },
  tooManyBad: {
    id: 'load/errors-over-objective',
    title: 'More requests fail than the objective allows',
    why: 'Users get errors more often than the service promises. A wrong status and a missing answer both count as bad.',
    fix: 'Find the endpoint in the table that fails; its log says why.',
    outcome: 'fail',
  },
});
