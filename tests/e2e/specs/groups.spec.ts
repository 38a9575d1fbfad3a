import { axe } from '../harness/axe';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

test('a search whose first page holds only groups in PIM reads on to the others', async ({ page, tenant }) => {
  await tenant.reset({ groups: 540, groupsInPim: 512 });
  await signIn(page, 'ana', '#/groups');
  await page.getByRole('searchbox').fill('data');
  await expect(page.getByRole('heading', { name: 'In PIM' })).toBeVisible();
  const others = page.getByRole('region', { name: 'Other groups' });
  await expect(others.getByText('0 of ')).toBeVisible();
  await axe(page);
  await others.getByRole('button', { name: 'Show more' }).click();
  await expect(others.getByRole('link', { name: 'Sales Data Analysts' })).toBeVisible();
  await expect(others.getByRole('button', { name: 'Show more' })).toHaveCount(0);
});

test('a Microsoft 365 group is found', async ({ page }) => {
  await signIn(page, 'ana', '#/groups');
  await page.getByRole('searchbox').fill('borealis');
  await expect(page.getByRole('link', { name: 'Project Borealis' })).toBeVisible();
});
