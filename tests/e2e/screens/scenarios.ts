// Every view and state of which there is a screenshot.
import type { Scenario } from './scenario';
import { approvals } from './scenarios/approvals';
import { changes } from './scenarios/changes';
import { compared } from './scenarios/compared';
import { deadEnds } from './scenarios/dead-ends';
import { groups } from './scenarios/groups';
import { matrix } from './scenarios/matrix';
import { policies } from './scenarios/policies';
import { roles } from './scenarios/roles';
import { rollouts } from './scenarios/rollout';
import { saves } from './scenarios/saves';
import { snapshots } from './scenarios/snapshots';
import { standards } from './scenarios/standards';
import { starts } from './scenarios/starts';

export const scenarios: Scenario[] = [
  ...starts,
  ...groups,
  ...policies,
  ...roles,
  ...saves,
  ...rollouts,
  ...changes,
  ...compared,
  ...matrix,
  ...standards,
  ...snapshots,
  ...deadEnds,
  ...approvals,
];
