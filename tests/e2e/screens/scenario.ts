// What a screenshot is taken of.
import type { Page } from '@playwright/test';
import type { Tenant } from '../harness/tenant';

export interface Scenario {
  /** Becomes the name of the file. */
  name: string;
  /** Ends when what is to be seen is on screen. */
  show: (page: Page, tenant: Tenant) => Promise<void>;
}
