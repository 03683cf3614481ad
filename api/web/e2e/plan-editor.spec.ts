import { readFile } from 'node:fs/promises'
import { expect, test, type Locator, type Page } from '@playwright/test'

/** The picture, and where a point of the plan lies on the screen. */
class Canvas {
  readonly svg: Locator

  constructor(private readonly page: Page) {
    this.svg = page.getByTestId('plan-canvas')
  }

  async at(x: number, y: number): Promise<{ x: number; y: number }> {
    const box = (await this.svg.boundingBox())!
    const [cx, cy, scale] = (await this.svg.getAttribute('data-view'))!.split(' ').map(Number) as [number, number, number]
    return { x: box.x + box.width / 2 + (x - cx) * scale, y: box.y + box.height / 2 - (y - cy) * scale }
  }

  async click(x: number, y: number) {
    const p = await this.at(x, y)
    await this.page.mouse.click(p.x, p.y)
  }

  async drag(x0: number, y0: number, x1: number, y1: number) {
    const [a, b] = [await this.at(x0, y0), await this.at(x1, y1)]
    await this.page.mouse.move(a.x, a.y)
    await this.page.mouse.down()
    await this.page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 2 })
    await this.page.mouse.move(b.x, b.y, { steps: 2 })
    await this.page.mouse.up()
  }

  async room(type: string, x0: number, y0: number, x1: number, y1: number) {
    await tool(this.page, 'rect')
    await this.page.locator('select[name=new-room-type]').selectOption(type)
    await this.drag(x0, y0, x1, y1)
  }

  async opening(kind: string, width: string, x: number, y: number) {
    await tool(this.page, kind)
    await field(this.page, 'new-width', width)
    await this.click(x, y)
  }

  async fixture(type: string, x: number, y: number) {
    await tool(this.page, 'fixture')
    await this.page.locator('select[name=new-fixture-type]').selectOption(type)
    await this.click(x, y)
  }

  async flow(kind: string, ...stops: [number, number][]) {
    await tool(this.page, 'flow')
    await this.page.locator('select[name=new-flow-kind]').selectOption(kind)
    for (const [x, y] of stops) await this.click(x, y)
    await this.page.getByRole('button', { name: '完成' }).click()
  }
}

const tool = (page: Page, name: string) => page.locator(`[data-tool=${name}]`).click()

async function field(page: Page, name: string, value: string) {
  await page.locator(`input[name=${name}]`).fill(value)
  await page.locator(`input[name=${name}]`).press('Enter')
}

const rows = (page: Page) => page.getByTestId('plan-list').locator('li')

/** The plan as the page keeps it. */
const kept = (page: Page) => page.evaluate(() => JSON.parse(sessionStorage.getItem('kanqian') ?? '{}').plan)

async function toThePlan(page: Page) {
  await page.goto('/')
  await page.getByLabel('小餐饮经营许可').check()
  await page.getByLabel('哪一种情形？').selectOption({ label: '小餐饮（陕西）' })
  await page.getByRole('button', { name: '下一步' }).click()
  await page.locator('input[name=lon]').fill('108.949')
  await page.locator('input[name=lat]').fill('34.25')
  await page.locator('select[name=datum]').selectOption('WGS84')
  await page.locator('input[name=floor]').fill('1')
  await page.getByRole('button', { name: '下一步' }).click()
}

async function toTheEditor(page: Page): Promise<Canvas> {
  await toThePlan(page)
  await page.getByRole('button', { name: '画平面图' }).click()
  const canvas = new Canvas(page)
  await expect(canvas.svg).toBeVisible()
  return canvas
}

const judged = (page: Page) => expect(page.getByTestId('plan-findings')).toHaveAttribute('aria-busy', 'false')

test.describe('on a desk', () => {
  test.use({ viewport: { width: 1280, height: 900 } })

  test('a small eating house is drawn from nothing and, with the questions answered, can be licensed', async ({ page }) => {
    test.slow()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    const canvas = await toTheEditor(page)
    await page.getByRole('button', { name: '缩小' }).click()

    await canvas.room('dining', 0, 0, 5.8, 4.4)
    await field(page, 'room-height', '3.1')
    await canvas.room('kitchen', 0, 4.6, 3.8, 7.8)
    await canvas.room('dish_washing', 4, 4.6, 5.8, 7.8)
    await canvas.opening('door', '1.2', 3, 0)
    await page.locator('input[name=opening-exit]').check()
    await canvas.opening('door', '0.9', 1.5, 4.6)
    await canvas.opening('door', '0.8', 3.8, 7)
    await canvas.opening('door', '0.9', 1, 7.8)
    await canvas.opening('pass_through', '0.9', 5, 4.6)
    for (const y of [0, 7.8]) {
      await canvas.opening('window', '1.2', y === 0 ? 5 : 3, y)
      await field(page, 'WINDOW-height', '1.4')
      await page.locator('select[name=WINDOW-openable]').selectOption('true')
      await page.locator('select[name=WINDOW-barred]').selectOption('false')
    }
    await canvas.fixture('raw_material_sink', 2.5, 5)
    await canvas.fixture('raw_material_sink', 3.2, 5)
    for (const x of [4.4, 4.9, 5.4]) await canvas.fixture('dish_sink', x, 7.4)
    await canvas.fixture('handwash_sink', 0.4, 5)
    await canvas.fixture('dedicated_flue', 0.3, 7.4)
    await canvas.fixture('stove', 0.5, 6.4)
    await field(page, 'fixture-width', '0.6')
    await canvas.flow('food', [1, 7.9], [2, 6], [3, 2])
    await canvas.flow('dish_return', [3, 2], [5, 4.5], [5, 6])
    await page.locator('input[name=complete]').check()
    await judged(page)

    await expect(page.getByTestId('plan-fine')).toBeVisible()
    await expect(rows(page)).toHaveCount(18)
    await expect(page.getByTestId('plan-list')).toContainText('操作间 ↔ 就餐区')
    await expect(page.getByTestId('plan-list')).toContainText('操作间 ↔ 洗消间')
    await tool(page, 'select')
    await page.getByRole('button', { name: '看全部' }).click()
    await page.screenshot({ path: 'test-results/plan-drawn.png' })
    await page.getByRole('button', { name: '画好了' }).click()
    await page.getByRole('button', { name: '开始检查' }).click()

    const card = page.locator('.question')
    const picture = page.getByTestId('plan-picture').locator('img')
    await expect(picture).toBeVisible()
    expect(await picture.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBeGreaterThan(100)
    const answers: Record<string, string> = ANSWERS
    for (let asked = 0; asked < 40 && (await card.count()) > 0; asked++) {
      await expect(page.locator('main')).toHaveAttribute('aria-busy', 'false')
      if ((await card.count()) === 0) break
      const question = (await card.getAttribute('data-question'))!
      const answer = answers[question.trim()]
      expect(answer, `${question}: ${await card.locator('h2').textContent()}`).toBeDefined()
      if (await card.locator('input[name=answer]').count()) {
        await card.locator('input[name=answer]').fill(answer!)
        await card.getByRole('button', { name: '回答', exact: true }).click()
      } else {
        await card.getByRole('button', { name: answer!, exact: true }).click()
      }
      await expect(page.locator(`[data-question="${question}"]`)).toHaveCount(0)
    }

    await expect(page.getByTestId('verdict')).toContainText('可办')
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载 PDF' }).click()
    expect((await saving).suggestedFilename()).toBe('plan.pdf')
    await page.screenshot({ path: 'test-results/plan-pass.png', fullPage: true })
    expect(errors).toEqual([])
  })

  test('everything can be drawn, moved and taken back by keyboard', async ({ page }) => {
    const canvas = await toTheEditor(page)
    const name = page.locator('.room')

    await page.locator('[data-tool=rect]').focus()
    await page.keyboard.press('Enter')
    await expect(canvas.svg).toBeFocused()
    await page.keyboard.press('Enter')
    for (const press of ['Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowUp', 'ArrowUp']) await page.keyboard.press(press)
    await expect(page.getByTestId('live-size')).toContainText('3 × 2.1 米')
    await page.keyboard.press('Enter')
    await expect(rows(page)).toHaveText([/3 × 2.1 米，6.3 平方米/])
    const first = (await kept(page)).rooms[0].polygon[0] as [number, number]

    await page.locator('[data-tool=door]').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(rows(page)).toHaveCount(2)

    // Tab goes through the elements; arrows move what is selected, with what belongs to it.
    await page.locator('[data-tool=select]').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await expect(name).toHaveAttribute('aria-pressed', 'true')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowUp')
    const moved = (await kept(page)) as { rooms: { polygon: [number, number][] }[]; openings: { connects: string[] }[] }
    expect(moved.rooms[0]!.polygon[0]![0]).toBeCloseTo(first[0] + 0.1)
    expect(moved.rooms[0]!.polygon[0]![1]).toBeCloseTo(first[1] + 1)
    expect(moved.openings[0]!.connects).toEqual(['room-1', 'outside'])

    await page.keyboard.press('Control+d')
    await expect(name).toHaveCount(2)
    await expect(rows(page)).toHaveCount(4)
    await page.keyboard.press('Delete')
    await expect(rows(page)).toHaveCount(2)
    await page.keyboard.press('Control+z')
    await expect(rows(page)).toHaveCount(4)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    expect((await kept(page)).rooms[0].polygon[0]).toEqual(first)
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('Control+y')
    await expect(name).toHaveCount(2)
    for (let i = 0; i < 4; i++) await page.getByRole('button', { name: '撤销' }).click()
    await expect(name).toHaveCount(0)
    await expect(page.getByRole('button', { name: '撤销' })).toBeDisabled()
    for (let i = 0; i < 4; i++) await page.getByRole('button', { name: '重做' }).click()
    await expect(name).toHaveCount(2)

    // Escape drops what was begun, then the selection.
    await tool(page, 'polygon')
    await page.keyboard.press('Enter')
    await expect(page.locator('.draft circle')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(page.locator('.draft circle')).toHaveCount(0)
  })

  test('a fault shows in red with its number while drawing, and is gone when mended', async ({ page }) => {
    const canvas = await toTheEditor(page)
    await canvas.room('kitchen', 0, 0, 4, 3)
    await canvas.room('toilet', 4.2, 0, 5.6, 3)
    await judged(page)
    await expect(page.getByTestId('plan-finding').filter({ hasText: '厕所不进后厨' })).toHaveCount(0)

    await canvas.opening('door', '0.8', 4.1, 1.5)
    const finding = page.getByTestId('plan-finding').filter({ hasText: '厕所不进后厨' })
    await expect(finding).toContainText('把卫生间移出去')
    const number = await finding.locator('.number').textContent()
    await expect(page.locator(`[data-badge="door-1 ${number}"]`)).toBeVisible()
    await expect(page.locator('.opening.VIOLATED')).toHaveCount(1)
    await page.screenshot({ path: 'test-results/plan-live.png' })

    await finding.getByRole('button', { name: '厕所不进后厨' }).click()
    await expect(page.locator('.opening')).toHaveAttribute('aria-pressed', 'true')
    await page.getByTestId('inspector').getByRole('button', { name: '删除' }).click()
    await judged(page)
    await expect(finding).toHaveCount(0)
    await expect(page.locator('.opening.VIOLATED')).toHaveCount(0)

    // A fault of the drawing itself is named by its element, and nothing is judged on it.
    await canvas.room('dining', 1, 1, 3, 2)
    const fault = page.getByTestId('plan-fault')
    await expect(fault).toContainText('重叠')
    await expect(page.locator('.room.FAULT')).toHaveCount(1)
    await expect(page.locator('[data-badge="room-3 !1"]')).toBeVisible()
    await expect(page.getByTestId('plan-finding')).toHaveCount(0)
    await page.getByRole('button', { name: '撤销' }).click()
    await expect(fault).toHaveCount(0)
  })

  test('rooms are sized exactly, reshaped by their corners, and snap to their neighbours', async ({ page }) => {
    const canvas = await toTheEditor(page)
    await canvas.room('kitchen', 0.03, 0.02, 3.97, 2.98)
    await field(page, 'room-width', '4.25')
    await field(page, 'room-depth', '3')
    await expect(rows(page)).toHaveText([/4.25 × 3 米，12.75 平方米/])

    // Drawn near the neighbour's wall, the next room begins one wall beyond it.
    await canvas.room('dining', 4.5, 0.05, 7, 2.5)
    const plan = await kept(page)
    expect(plan.rooms[1].polygon[0]).toEqual([4.45, 0])
    await tool(page, 'select')
    await canvas.drag(7, 2.5, 7.5, 3.02)
    expect((await kept(page)).rooms[1].polygon[2]).toEqual([7.5, 3])

    // A door put between them moves with the wall, and knows both sides.
    await canvas.opening('door', '0.9', 4.3, 1.5)
    expect((await kept(page)).openings[0].connects.sort()).toEqual(['room-1', 'room-2'])
    await tool(page, 'polygon')
    for (const [x, y] of [[0, 4], [2, 4], [2, 6], [1, 5], [0, 6], [0, 4]] as const) await canvas.click(x, y)
    await expect(rows(page)).toHaveCount(4)
    await expect(page.getByTestId('plan-list')).toContainText('3 平方米')

    // A tap beside the door means the door, though a room lies under it.
    await tool(page, 'select')
    await canvas.click(4.23, 1.5)
    await expect(page.locator('.opening')).toHaveAttribute('aria-pressed', 'true')
    await expect(page.locator('.room[aria-pressed=true]')).toHaveCount(0)

    // Each storey is drawn by itself; one may not be there twice.
    await page.getByRole('button', { name: '加一层' }).click()
    await expect(rows(page)).toHaveCount(0)
    await canvas.room('dining', 0, 0, 3, 3)
    await expect(rows(page)).toHaveCount(1)
    await field(page, 'floor-number', '1')
    await expect(page.getByTestId('plan-premises').getByRole('alert')).toContainText('不能和别的层重复')
    await page.locator('select[name=storey]').selectOption({ label: '1 层' })
    await expect(rows(page)).toHaveCount(4)
    await page.getByRole('button', { name: '删掉这一层' }).click()
    await expect(rows(page)).toHaveCount(1)
    await page.getByRole('button', { name: '撤销' }).click()
    await page.locator('select[name=storey]').selectOption({ label: '1 层' })
    await expect(page.getByTestId('plan-list')).toContainText('4.25 × 3 米')

    // What is saved is what is drawn, and opens again as it was.
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: '存文件' }).click()
    const file = await (await saving).path()
    const drawn = await kept(page)
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(drawn)
    await page.getByTestId('plan-list').getByRole('button', { name: /就餐区，/ }).first().click()
    await page.getByTestId('inspector').getByRole('button', { name: '删除' }).click()
    await page.locator('input[name=replace]').setInputFiles({ name: 'again.json', mimeType: 'application/json', buffer: await readFile(file) })
    await expect.poll(() => kept(page)).toEqual(drawn)
  })

  test('a picture and a page of a PDF are traced to scale and never leave the browser', async ({ page }) => {
    const sent: string[] = []
    const canvas = await toTheEditor(page)
    page.on('request', (r) => r.method() === 'POST' && sent.push(r.url()))
    const png = await page.evaluate(() => {
      const c = document.createElement('canvas')
      Object.assign(c, { width: 400, height: 300 })
      const g = c.getContext('2d')!
      g.fillStyle = '#fff'
      g.fillRect(0, 0, 400, 300)
      g.strokeRect(50, 50, 200, 150)
      return c.toDataURL('image/png').split(',')[1]!
    })
    await page.locator('input[name=trace]').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
    await expect(page.getByTestId('trace-scale')).toContainText('还没有定比例')

    // The wall drawn 200 of 400 pixels long is 4 metres: the picture is 8 metres wide.
    await page.getByRole('button', { name: '按已知长度定比例' }).click()
    const box = (await page.getByTestId('trace-picture').boundingBox())!
    await page.mouse.click(box.x + box.width * 0.125, box.y + box.height / 2)
    await page.mouse.click(box.x + box.width * 0.625, box.y + box.height / 2)
    await page.locator('input[name=trace-length]').fill('0')
    await page.getByRole('button', { name: '确定' }).click()
    await expect(page.getByTestId('plan-wrong')).toContainText('大于 0')
    await page.locator('input[name=trace-length]').fill('4')
    await page.getByRole('button', { name: '确定' }).click()
    await expect(page.getByTestId('trace-scale')).toContainText(/图宽 (7\.9\d|8(\.0\d)?) 米/)
    await page.locator('input[name=trace-shown]').uncheck()
    await expect(page.getByTestId('trace-picture')).toHaveCount(0)
    await page.locator('input[name=trace-shown]').check()
    await page.reload()
    await expect(page.getByTestId('trace-picture')).toBeVisible()

    await page.locator('input[name=trace]').setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PDF, 'latin1') })
    await expect(page.getByTestId('trace-scale')).toContainText('plan.pdf')
    await page.locator('select[name=trace-page]').selectOption('2')
    await expect(page.getByTestId('plan-trace')).toHaveAttribute('aria-busy', 'false')
    const dark = await page.getByTestId('trace-picture').evaluate(async (el) => {
      const img = new Image()
      img.src = el.getAttribute('href')!
      await img.decode()
      const c = document.createElement('canvas')
      Object.assign(c, { width: img.width, height: img.height })
      const g = c.getContext('2d')!
      g.drawImage(img, 0, 0)
      return [...g.getImageData(img.width / 2, img.height / 2, 1, 1).data.slice(0, 3)]
    })
    expect(Math.max(...dark)).toBeLessThan(40)
    await page.locator('input[name=trace]').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    await expect(page.getByTestId('plan-trace').getByRole('alert')).toContainText('打不开')
    await expect(page.getByTestId('trace-picture')).toBeVisible()
    expect(sent).toEqual([])
    await canvas.room('dining', 0, 0, 3, 3)
    await judged(page)
    expect(sent.every((url) => url.endsWith('/v1/plans/findings'))).toBe(true)
  })

  test('a DXF without units is asked about, then drawn with what was guessed; a broken file changes nothing', async ({ page }) => {
    await toThePlan(page)
    await page.locator('input[name=plan]').setInputFiles('../../gis/src/test/resources/plan/dxf/floorplan.dxf')
    const units = page.getByTestId('units')
    await expect(units.getByRole('button')).toHaveCount(5)
    await units.getByRole('button', { name: '英寸：长边 20.2 米' }).click()
    await expect(page.getByTestId('import-notes')).toContainText('推测')
    await page.getByRole('button', { name: '在图上看、改' }).click()
    await expect(page.locator('.room').first()).toBeVisible()
    const rooms = await page.locator('.room').count()
    expect(rooms).toBeGreaterThan(5)
    await page.screenshot({ path: 'test-results/plan-import.png' })

    const before = JSON.stringify(await kept(page))
    const refused = page.locator('.plan-editor section', { has: page.locator('input[name=replace]') }).getByRole('alert')
    const put = (name: string, text: string) => page.locator('input[name=replace]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await put('half.json', '{"format": "kanqian-plan/1", "rooms": [')
    await expect(refused).toContainText('原来画的没有动')
    await put('odd.json', '{"format":"kanqian-plan/1","storeys":[{"id":"F1","floor":1}],"rooms":[{"id":"a","type":"hall","storey":"F9","polygon":[[0,0],"x"]}]}')
    await expect(refused).toContainText('/rooms/0/polygon')
    await expect(refused).toContainText('F9')
    await put('house.dwg', 'AC1027 not a drawing we read')
    await expect(refused).toContainText('DXF')
    await expect(page.locator('.room')).toHaveCount(rooms)
    expect(JSON.stringify(await kept(page))).toBe(before)

    // A plan opened over it is a step like any other.
    await page.locator('input[name=replace]').setInputFiles('../../samples/plans/small-catering-ok.json')
    await expect(page.locator('.room')).toHaveCount(3)
    await page.getByRole('button', { name: '撤销' }).click()
    await expect(page.locator('.room')).toHaveCount(rooms)

    // Where the browser's memory is full, the page says so and works on.
    await page.evaluate(() => {
      for (let size = 1 << 22; size > 64; size /= 2) {
        try {
          sessionStorage.setItem(`full-${size}`, 'x'.repeat(size))
        } catch {
          // the next is half as large
        }
      }
    })
    await page.getByRole('button', { name: '看全部' }).click()
    await page.getByRole('button', { name: '缩小' }).click()
    await new Canvas(page).room('kitchen', 0, -4, 4, -1)
    await expect(page.locator('.plan-editor > .problem')).toContainText('存成文件')
    await expect(page.locator('.room')).toHaveCount(rooms + 1)
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('rooms are drawn by finger, two fingers zoom, and a reload keeps the drawing', async ({ page }) => {
    const canvas = await toTheEditor(page)
    const cdp = await page.context().newCDPSession(page)
    // At a finger's pace: the browser takes anything faster for a fling, and the next tap for its end.
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: { x: number; y: number }[]) => {
      await cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((p, id) => ({ ...p, id })) })
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    }
    const draw = async (x0: number, y0: number, x1: number, y1: number) => {
      const [a, b] = [await canvas.at(x0, y0), await canvas.at(x1, y1)]
      await touch('touchStart', a)
      await touch('touchMove', { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
      for (let rest = 0; rest < 3; rest++) await touch('touchMove', b)
      await touch('touchEnd')
    }

    await page.locator('[data-tool=rect]').tap()
    await page.locator('select[name=new-room-type]').selectOption('dining')
    await canvas.svg.scrollIntoViewIfNeeded()
    await draw(1, 1, 5, 4)
    await expect(page.locator('.room')).toHaveCount(1)
    await expect(rows(page)).toHaveText([/就餐区，4 × 3 米/])
    await page.locator('[data-tool=door]').tap()
    await canvas.svg.scrollIntoViewIfNeeded()
    const wall = await canvas.at(3, 1)
    await page.touchscreen.tap(wall.x, wall.y)
    await expect(page.locator('.opening')).toHaveCount(1)

    // Two fingers apart: larger; the drawing itself stays as it is.
    const before = await kept(page)
    const scale = async () => Number((await canvas.svg.getAttribute('data-view'))!.split(' ')[2])
    const small = await scale()
    const m = await canvas.at(4, 3)
    await touch('touchStart', { x: m.x - 30, y: m.y }, { x: m.x + 30, y: m.y })
    await touch('touchMove', { x: m.x - 60, y: m.y }, { x: m.x + 60, y: m.y })
    await touch('touchEnd')
    expect((await scale()) / small).toBeGreaterThan(1.5)
    expect(await kept(page)).toEqual(before)
    await page.getByRole('button', { name: '看全部' }).tap()

    // A finger drags a room with its door.
    await page.locator('[data-tool=select]').tap()
    await canvas.svg.scrollIntoViewIfNeeded()
    await draw(2, 3, 3, 3)
    await expect.poll(async () => (await kept(page)).rooms[0].polygon[0][0]).toBeCloseTo(2)
    for (const button of await page.locator('.plan-editor button:visible').all()) {
      expect((await button.boundingBox())!.height, await button.textContent() ?? '').toBeGreaterThanOrEqual(44)
    }
    await judged(page)
    await page.screenshot({ path: 'test-results/plan-phone.png' })
    await page.screenshot({ path: 'test-results/plan-phone-all.png', fullPage: true })

    const drawn = await kept(page)
    await page.reload()
    await expect(page.locator('.room')).toHaveCount(1)
    expect(await kept(page)).toEqual(drawn)
    await page.getByRole('button', { name: '画好了' }).tap()
    await expect(page.getByRole('button', { name: '在图上看、改' })).toBeVisible()
  })
})

/** What an eating house that may be licensed answers. */
const ANSWERS: Record<string, string> = {
  'facility.fume.produces': '是',
  'document.premises_right': '是',
  'site.building.adjacent_to_residential_floor': '否',
  'site.building.use': '商业',
  'site.distance.pollution_source': '60',
  'management.lives_on_premises': '否',
  'plan.room.food_processing.handwash_sinks': '1',
  'facility.fume.deodorized': '否',
  'facility.fume.purifier': '是',
  'plan.distance.fume_outlet.sensitive_target': '25',
  'facility.fuel': '管道天然气',
  'facility.gas.alarm': '是',
  'facility.gas.ventilated': '是',
  'management.menu.cream_cake': '否',
  'management.menu.raw_food': '否',
}

/** Two pages; the second has a black square in its middle. */
const PDF = [
  '%PDF-1.4',
  '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
  '2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj',
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj',
  '4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 5 0 R>>endobj',
  '5 0 obj<</Length 22>>stream\n100 50 100 100 re f   \nendstream endobj',
  'trailer<</Root 1 0 R>>',
].join('\n')
