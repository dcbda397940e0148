import { defineRules } from '../report/rule.ts';

const gatewayReference = 'https://gateway-api.sigs.k8s.io/guides/traffic-splitting/';

/** What canary-analyze checks. */
export const canaryRules = defineRules({
  worseThanBaseline: {
    id: 'canary/worse-than-baseline',
    title: 'The candidate answers more requests badly than the baseline',
    why: 'Beside the baseline, at the same time and under the same load, so many bad requests are no chance: users of the candidate get errors that others do not get.',
    fix: 'Roll the release back, and look for the errors in the log of the candidate.',
    outcome: 'fail',
  },
  missesObjective: {
    id: 'canary/misses-objective',
    title: 'The candidate has more bad requests than the objective allows',
    why: 'However the baseline does, users get errors more often than the service promises.',
    fix: 'Roll the release back, and look for the errors in the log of the candidate. When the baseline has them too, mend what both depend on first.',
    outcome: 'fail',
  },
  notEnoughRequests: {
    id: 'canary/not-enough-requests',
    title: 'A stage did not get the requests that its plan needs',
    why: 'With fewer requests a candidate as bad as the policy names would often go unseen; no harm seen is then no proof of health.',
    fix: 'Give the stage a longer `max-duration`, release at a busier time, or name a larger `detect-ratio`.',
    outcome: 'inconclusive',
  },
  noTraffic: {
    id: 'canary/no-traffic',
    title: 'The candidate got no request',
    why: 'Nothing was measured of the candidate.',
    fix: 'Check that the gateway follows the route, that the candidate has ready pods, and that the selector of the policy finds its requests.',
    outcome: 'inconclusive',
    reference: gatewayReference,
  },
  noMetrics: {
    id: 'canary/no-metrics',
    title: 'The metrics source gave nothing new for longer than the hold limit',
    why: 'Without metrics harm cannot be seen, so the candidate does not keep its traffic.',
    fix: 'Bring the metrics source back, and run the step again.',
    outcome: 'inconclusive',
  },
  metricsRefused: {
    id: 'canary/metrics-refused',
    title: 'The metrics source cannot be used as the policy says',
    why: 'The query will fail however often it is repeated, and without it harm cannot be seen.',
    fix: 'Correct `metrics` in the policy, `prometheus-url`, or the token.',
    outcome: 'inconclusive',
    reference: 'https://prometheus.io/docs/prometheus/latest/querying/api/',
  },
  routeUnusable: {
    id: 'canary/route-unusable',
    title: 'The route does not split its traffic between baseline and candidate',
    why: 'The weights of the canary would not say where the requests go.',
    fix: 'Name both Services, and nothing else, in `backendRefs` of each rule of the HTTPRoute that is part of the canary.',
    outcome: 'inconclusive',
    reference: gatewayReference,
  },
  routeChanged: {
    id: 'canary/route-changed',
    title: 'Somebody else changed the weights of the route',
    why: 'Two hands on one split measure nothing. The weights were left as they are: whoever set them had a reason.',
    fix: 'Find out who moved the traffic, then run the step again.',
    outcome: 'inconclusive',
  },
  clusterUnreachable: {
    id: 'canary/cluster-unreachable',
    title: 'The route could not be read or changed',
    why: 'Without the cluster the traffic cannot be moved, and not be taken back.',
    fix: 'Check `kubeconfig`, and that its user may get and patch HTTPRoutes in the namespace.',
    outcome: 'inconclusive',
  },
  cancelled: {
    id: 'canary/cancelled',
    title: 'The canary was cancelled',
    why: 'Half a canary is no proof.',
    fix: 'Run the step again.',
    outcome: 'inconclusive',
  },
  weightsNotRestored: {
    id: 'canary/weights-not-restored',
    title: 'The candidate may still have traffic',
    why: 'The canary ended without a pass and its traffic could not be taken back.',
    fix: 'Set the weight of the candidate to 0 by hand: `kubectl edit httproute`. The clean-up of this step tries once more.',
    outcome: 'fail',
  },
});
