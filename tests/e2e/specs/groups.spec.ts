import { axe } from '../harness/axe';
import { GRAPH } from '../harness/browser';
import { hold } from '../harness/hold';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

test('a search whose first page holds only groups in PIM reads on to the others', async ({ page, tenant }) => {
  await tenant.reset({ groups: 540, groupsInPim: 512 });
  await signIn(page, 'ana', '#/groups');
  await page.getByRole('searchbox').fill('data');
  await expect(page.getByRole('heading', { name: 'In PIM' })).toBeVisible();
  const others = page.getByRole('region', { name: 'Other groups' });
  await expect(others.getByText('none so far', { exact: true })).toBeVisible();
  await axe(page);
  await others.getByRole('button', { name: 'Show more' }).click();
  await expect(others.getByRole('link', { name: 'Sales Data Analysts' })).toBeVisible();
  await expect(others.getByRole('button', { name: 'Show more' })).toHaveCount(0);
});

test('where reading on brings no other group, that is said', async ({ page, tenant }) => {
  await tenant.reset({ groups: 540, groupsInPim: 512 });
  await signIn(page, 'ana', '#/groups');
  await page.route(
    (url) => url.origin === GRAPH && url.href.includes('search=') && url.href.includes('skiptoken'),
    (route) => route.fulfill({ contentType: 'application/json', headers: { 'access-control-allow-origin': '*' }, body: '{"value":[]}' }),
  );
  await page.getByRole('searchbox').fill('data');
  const others = page.getByRole('region', { name: 'Other groups' });
  const more = others.getByRole('button', { name: 'Show more' });
  await expect(others.getByText('none so far', { exact: true })).toBeVisible();
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(more).toHaveCount(0);
  await expect(others.getByText('none', { exact: true })).toBeVisible();
  await expect(page.locator('main :focus')).toBeVisible();
  // Another search starts with its own results.
  await page.getByRole('searchbox').fill('borealis');
  await expect(page.getByRole('link', { name: 'Project Borealis' })).toBeVisible();
  await expect(page.getByText('none', { exact: true })).toHaveCount(0);
});

test('a Microsoft 365 group is found', async ({ page }) => {
  await signIn(page, 'ana', '#/groups');
  await page.getByRole('searchbox').fill('borealis');
  await expect(page.getByRole('link', { name: 'Project Borealis' })).toBeVisible();
});

for (const [list, path, first, second] of [
  ['In PIM', '/privilegedAccess/group/resources?', 'Microsoft Graph refused the list of groups in PIM', 'This Microsoft cloud does not offer'],
  ['All groups', '/groups?', 'Microsoft Graph refused to list them', 'Microsoft Graph refused the request'],
] as const) {
  test(`${list}: reading again says that it reads, and then why it failed this time`, async ({ page, tenant, watch }) => {
    watch.allow(/40[034] .*(resources|groups)\?/);
    await tenant.setFaults({ method: 'GET', path, effect: { kind: 'refuse', status: 403 } });
    await signIn(page, 'ana', '#/groups');
    const main = page.getByRole('main');
    await expect(main.getByText(first)).toBeVisible();
    await tenant.setFaults({ method: 'GET', path, effect: { kind: 'refuse', status: list === 'In PIM' ? 404 : 400 } });
    const calls = await hold(page, 'GET', path);
    await main.getByRole('button', { name: 'Try again' }).click();
    await calls.reached();
    await expect(main.getByText(first)).toHaveCount(0);
    await expect(main.getByRole('heading', { name: list, exact: true })).toBeVisible();
    calls.letGo();
    await expect(main.getByText(second)).toBeVisible();
    await expect(main.getByText(first)).toHaveCount(0);
  });
}
