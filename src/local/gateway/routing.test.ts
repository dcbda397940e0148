import { describe, expect, it } from '@jest/globals';
import { podOf, route, service, snapshot } from '../../../test/support/cluster.ts';
import type { Pod } from '../workload/pod.ts';
import type { HttpRoute, HttpRouteMatch, HttpRouteRule } from './objects.ts';
import { RoutingTable } from './routing.ts';
import { parentsOf } from './route-status.ts';

const services = ['web', 'canary'].map((name) => service(name));
const webPods = ['10.0.0.1', '10.0.0.2'].map((address) => podOf('web', address, 8080));
const table = (routes: HttpRoute[], pods = webPods) => new RoutingTable(snapshot({ services, routes, pods }));
const found = (routing: RoutingTable, host: string, path = '/') =>
  routing.find('staging', host, path)?.backends.map((backend) => backend.service);
const named = (name: string, change: Partial<HttpRoute['spec']>, metadata: object = {}): HttpRoute => {
  const plain = route([{ name, port: 80 }], change);
  return { ...plain, metadata: { ...plain.metadata, name, ...metadata } };
};
const rule = (name: string, ...matches: HttpRouteMatch[]): HttpRouteRule => ({
  matches,
  backendRefs: [{ name, port: 80 }],
});

describe('a request', () => {
  it('finds the weights and the ready endpoints of its route', () => {
    const weights = [
      { name: 'web', port: 80, weight: 9 },
      { name: 'canary', port: 80, weight: 1 },
    ];
    expect(table([route(weights)]).find('staging', 'any.example', '/x')).toEqual({
      key: 'route staging/web/0',
      namespace: 'staging',
      route: 'web',
      backends: [
        {
          service: 'web',
          weight: 9,
          endpoints: [
            { address: '10.0.0.1', port: 8080 },
            { address: '10.0.0.2', port: 8080 },
          ],
        },
        { service: 'canary', weight: 1, endpoints: [] },
      ],
    });
  });

  it('finds a service by its name, without a route', () => {
    const routing = table([]);
    expect(routing.find('staging', 'web.staging.localhost', '/')).toMatchObject({
      namespace: 'staging',
      route: '',
      backends: [{ service: 'web' }],
    });
    for (const host of ['web.production.localhost', 'none.staging.localhost', 'web.staging', 'localhost']) {
      expect(routing.find('staging', host, '/')).toBeUndefined();
    }
  });

  it.each([
    ['the exact host', 'a.example', '/', ['exact']],
    ['the longer wildcard', 'x.b.example', '/', ['long']],
    ['the shorter wildcard', 'x.example', '/', ['short']],
    ['a route for every host', 'other.test', '/', ['all']],
  ])('goes to %s', (_, host, path, expected) => {
    const routing = table([
      named('all', {}),
      named('short', { hostnames: ['*.example'] }),
      named('long', { hostnames: ['*.b.example'] }),
      named('exact', { hostnames: ['a.example'] }),
    ]);
    expect(found(routing, host, path)).toEqual(expected);
  });

  it.each([
    ['/api/v1/users', ['long']],
    ['/api', ['prefix']],
    ['/api/', ['prefix']],
    ['/api/v1', ['exact']],
    ['/apis', ['rest']],
    ['/', ['rest']],
  ])('for %s goes to the most specific path', (path, expected) => {
    const routing = table([
      named('web', {
        rules: [
          rule('rest', { path: { type: 'PathPrefix', value: '/' } }),
          rule('prefix', { path: { type: 'PathPrefix', value: '/api' } }),
          rule('long', { path: { type: 'PathPrefix', value: '/api/v1/' } }),
          rule('exact', { path: { type: 'Exact', value: '/api/v1' } }),
        ],
      }),
    ]);
    expect(found(routing, 'x', path)).toEqual(expected);
  });

  it('goes to the older one of two routes that say the same', () => {
    const young = named('young', {}, { creationTimestamp: '2026-02-01T00:00:00Z' });
    const old = named('old', {}, { creationTimestamp: '2026-01-01T00:00:00Z' });
    expect(found(table([young, old]), 'x')).toEqual(['old']);
  });

  it("at an environment's own address sees its namespace only", () => {
    const routing = table([route([{ name: 'web', port: 80 }])]);
    expect(routing.find('staging', 'x', '/')).toBeDefined();
    expect(routing.find('production', 'x', '/')).toBeUndefined();
    expect(routing.find('production', 'web.staging.localhost', '/')).toBeUndefined();
  });
});

describe('endpoints', () => {
  const [first, second] = webPods as [Pod, Pod];
  const endpoints = (pods: Pod[], services = [service('web')]) =>
    new RoutingTable(snapshot({ services, pods })).find('staging', 'web.staging.localhost', '/')?.backends[0]
      ?.endpoints;
  const rest = [{ address: '10.0.0.2', port: 8080 }];

  it.each<[string, Pod]>([
    ['that is being deleted', { ...first, metadata: { ...first.metadata, deletionTimestamp: 'now' } }],
    ['that is not ready', { ...first, status: { ...first.status, conditions: [] } }],
    ['without an address', { ...first, status: { conditions: first.status.conditions! } }],
    ['of another service', podOf('canary', '10.0.0.1', 8080)],
    ['of another namespace', { ...first, metadata: { ...first.metadata, namespace: 'production' } }],
    ['without the port', { ...first, spec: { containers: [{ name: 'web', image: '' }] } }],
  ])('leave out a pod %s', (_, pod) => expect(endpoints([pod, second])).toEqual(rest));

  it('of a service without a selector are none', () => {
    const plain = service('web');
    expect(endpoints(webPods, [{ ...plain, spec: { ports: plain.spec.ports! } }])).toEqual([]);
  });

  it.each([
    [9090, 9090],
    [undefined, 80],
  ])('with target port %s are at %s', (targetPort, port) => {
    const plain = service('web');
    const spec = { selector: { app: 'web' }, ports: [{ port: 80, ...(targetPort !== undefined && { targetPort }) }] };
    expect(endpoints([second], [{ ...plain, spec }])).toEqual([{ address: '10.0.0.2', port }]);
  });

  it('of a service or port that does not exist are not known', () => {
    const routing = table([
      route([
        { name: 'none', port: 80 },
        { name: 'web', port: 81 },
      ]),
    ]);
    const { backends = [] } = routing.find('staging', 'x', '/') ?? {};
    expect(backends.map((backend) => backend.endpoints)).toEqual([undefined, undefined]);
  });
});

describe('a route', () => {
  it('that is not attached to the local gateway is none of its business', () => {
    const routing = table([route([{ name: 'web', port: 80 }], { parentRefs: [{ name: 'other' }] })]);
    expect(routing.find('staging', 'x', '/')).toBeUndefined();
    expect(routing.judged).toEqual([]);
  });

  it.each<[string, Partial<HttpRoute['spec']>]>([
    ['`filters` of a rule', { rules: [{ filters: [{}], backendRefs: [] }] }],
    ['matching by `headers`', { rules: [rule('web', { headers: [{}] })] }],
    [
      'a path of type RegularExpression',
      { rules: [rule('web', { path: { type: 'RegularExpression', value: '.*' } })] },
    ],
    ['a backend of kind Bucket', { rules: [{ backendRefs: [{ name: 'web', kind: 'Bucket' }] }] }],
    ['a backend in another namespace', { rules: [{ backendRefs: [{ name: 'web', namespace: 'production' }] }] }],
    ['`filters` of a backend', { rules: [{ backendRefs: [{ name: 'web', filters: [{}] }] }] }],
  ])('that asks for %s gets no traffic and says why', (unsupported, spec) => {
    const routing = table([route([], spec)]);
    expect(routing.find('staging', 'x', '/')).toBeUndefined();
    expect(routing.judged[0]?.unsupported).toBe(unsupported);
  });
});

describe('the status of a route', () => {
  const judge = (subject: HttpRoute) => table([subject]).judged[0]!;
  const good = route([{ name: 'web', port: 80 }]);

  it('says which generation the gateway splits by', () => {
    expect(parentsOf(judge(good), 'now')).toMatchObject([
      {
        controllerName: 'slipway.dev/local-gateway',
        parentRef: { name: 'gateway' },
        conditions: [
          { type: 'Accepted', status: 'True', observedGeneration: 3, lastTransitionTime: 'now' },
          { type: 'ResolvedRefs', status: 'True', observedGeneration: 3 },
        ],
      },
    ]);
  });

  it('is not written again, until the route changes', () => {
    const parents = parentsOf(judge(good), 'before')!;
    expect(parentsOf(judge({ ...good, status: { parents } }), 'now')).toBeUndefined();
    const changed = { ...good, metadata: { ...good.metadata, generation: 4 }, status: { parents } };
    expect(parentsOf(judge(changed), 'now')).toMatchObject([
      { conditions: [{ observedGeneration: 4, lastTransitionTime: 'before' }, { observedGeneration: 4 }] },
    ]);
  });

  it("leaves another gateway's part alone", () => {
    const other = { parentRef: { name: 'other' }, controllerName: 'example.com/other' };
    expect(parentsOf(judge({ ...good, status: { parents: [other] } }), 'now')).toHaveLength(2);
  });

  it('names what does not exist or is not supported', () => {
    expect(parentsOf(judge(route([{ name: 'none', port: 80 }])), 'now')).toMatchObject([
      {
        conditions: [
          { status: 'True' },
          { status: 'False', reason: 'BackendNotFound', message: expect.stringContaining('none') },
        ],
      },
    ]);
    const unsupported = route([], { rules: [{ timeouts: {} }] });
    expect(parentsOf(judge(unsupported), 'now')).toMatchObject([
      {
        conditions: [{ status: 'False', reason: 'UnsupportedValue', message: expect.stringContaining('timeouts') }, {}],
      },
    ]);
  });
});
