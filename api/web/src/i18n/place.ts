/** The words of looking an address up and of the map of where one may open. */
import type { AddressLevel } from '../api'

export const placeZh = {
  search: {
    label: '地址',
    example: '海淀区成府路101号',
    hint: '打几个字就有候选；列表里没有，就在下面的地图上点一下。',
    list: '候选地址',
    levels: { DOOR: '门牌', BUILDING: '楼、单位', ROAD: '路', DISTRICT: '区划' } as Record<AddressLevel, string>,
    within: (metres: string) => `误差 ${metres}以内`,
    some: (n: number) => `${n} 个候选，用上下键或手指选一个。`,
    none: '没有找到这个地址。不用改，在地图上点出店门就行。',
    chosen: (address: string, within: string) => `已选 ${address}，误差 ${within}以内。店门不在这里，就在地图上点准。`,
    road: '这是一整条路，离得近的要求会说不准。请在地图上点出店门。',
    floor: (floor: string) => `地址里写着 ${floor}，楼层先填了它，请核对。`,
  },
  eligible: {
    parts: '这个区里各部分',
    standing: '能不能开',
    share: '占',
    size: '面积',
    why: '为什么不能开',
    unsure: '为什么说不准',
    where: '哪里',
    border: '离区界太近，说不准归哪个区管',
    noLayer: (fact: string) => `图上查不准：${fact}`,
    hectares: (n: string) => `${n} 公顷`,
  },
}

export const placeEn: typeof placeZh = {
  search: {
    label: 'Address',
    example: '海淀区成府路101号',
    hint: 'Type a few characters to see places; if yours is not listed, tap on the map below.',
    list: 'Places it may be',
    levels: { DOOR: 'Door', BUILDING: 'Building', ROAD: 'Road', DISTRICT: 'District' },
    within: (metres: string) => `within ${metres}`,
    some: (n: number) => `${n} places; choose one with the arrow keys or a tap.`,
    none: 'This address was not found. Leave it as it is and tap the shop’s door on the map.',
    chosen: (address: string, within: string) => `${address} chosen, within ${within}. If the door is elsewhere, tap it on the map.`,
    road: 'This is a whole road; what is near cannot be told for sure. Tap the shop’s door on the map.',
    floor: (floor: string) => `The address says ${floor}; the floor was filled in from it. Please check.`,
  },
  eligible: {
    parts: 'The parts of this district',
    standing: 'Open here?',
    share: 'Share',
    size: 'Area',
    why: 'Why not',
    unsure: 'Why it is not sure',
    where: 'Where',
    border: 'too near the district’s border to tell whose law holds',
    noLayer: (fact: string) => `not sure on the map: ${fact}`,
    hectares: (n: string) => `${n} ha`,
  },
}
