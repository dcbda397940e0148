import type { StandIn } from '../stand-in.ts';

/** The builder of the platform is there already. */
export const setupBuildx: StandIn = {
  action: 'docker/setup-buildx-action',
  instead: 'Does nothing: the platform brings the program that builds images.',
  inputs: {},
  outputs: [],
  run: (step) => {
    step.log('Nothing to set up: the platform brings the program that builds images.');
    return Promise.resolve();
  },
};
