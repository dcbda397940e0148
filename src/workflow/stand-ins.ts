import type { StandIn } from './stand-in.ts';
import { buildPush } from './stand-ins/build-push.ts';
import { checkout } from './stand-ins/checkout.ts';
import { downloadArtifact } from './stand-ins/download-artifact.ts';
import { login } from './stand-ins/login.ts';
import { setupBuildx } from './stand-ins/setup-buildx.ts';
import { uploadArtifact } from './stand-ins/upload-artifact.ts';

/**
 * Every third-party action that the local run knows, and what it does in its place. An action that is not here is refused.
 * None of our own actions may ever stand here: they run from `dist/` (see refuseOwnStandIns).
 */
export const standIns: readonly StandIn[] = [checkout, uploadArtifact, downloadArtifact, login, setupBuildx, buildPush];
