// Times on screen, in zones with odd offsets and in the hour that occurs twice.
import { installClock } from '../harness/clock';
import { open } from '../harness/policy';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

for (const timezoneId of ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia']) {
  test.describe(timezoneId, () => {
    test.use({ timezoneId });

    test('each moment is that of the zone, and is told in full on hover', async ({ page }) => {
      await signIn(page, 'dana', '#/approvals');
      await page.locator('.requests.waiting tbody th a').first().click();
      await page.locator('.request-facts').first().waitFor();
      const wrong = () => page.evaluate((timeZone) => {
        const style = { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone } as const;
        const write = new Intl.DateTimeFormat(undefined, style);
        const even = (text: string) => text.replace(/\s+/g, ' ');
        const times = [...document.querySelectorAll<HTMLTimeElement>('#main time[datetime]')];
        if (times.length < 2) return [`only ${times.length} moments`];
        return times
          .filter((time) => !even(time.title).includes(even(write.format(new Date(time.dateTime)))))
          .map((time) => `${time.dateTime}: ${time.title}`);
      }, timezoneId);
      await expect.poll(wrong).toEqual([]);
    });
  });
}

test('a time alone is of today, and yesterday’s is told with its date', async ({ page }) => {
  const now = new Date();
  test.skip(now.getHours() === 23 && now.getMinutes() > 57, 'midnight is near');
  await installClock(page);
  await signIn(page, 'dana', '#/approvals/history');
  const told = page.locator('main').getByText(/^Last checked/).filter({ visible: true }).first();
  await expect(told).toContainText(/^Last checked \d/);
  await page.clock.fastForward(86_400_000);
  await expect(told).toContainText(/^Last checked \w+ \d+, \d{4}, \d/);
});

test.describe('the hour that comes twice', () => {
  test.use({ timezoneId: 'America/New_York' });

  for (const [moment, told] of [
    ['2026-11-01T05:30:00Z', /01:30 AM EDT/],
    ['2026-11-01T06:30:00Z', /01:30 AM EST/],
  ] as const) {
    test(`${moment} is told with its zone`, async ({ page, tenant }) => {
      await page.addInitScript((moment) => {
        const real = globalThis.fetch;
        globalThis.fetch = async (...asked) => {
          const response = await real(...asked);
          if (!response.url.endsWith('/$batch')) return response;
          const body = (await response.text()).replace(/"lastModifiedDateTime":"[^"]*"/g, `"lastModifiedDateTime":"${moment}"`);
          return new Response(body, { status: response.status, headers: response.headers });
        };
      }, moment);
      await open(page, tenant);
      const changed = page.locator('#main time').filter({ hasText: /Nov/ }).first();
      await expect(changed).toHaveText(told);
      await expect(changed).toHaveAttribute('title', new RegExp(moment));
    });
  }
});
