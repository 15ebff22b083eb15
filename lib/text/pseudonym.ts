// Names for people who give none: a kind adjective and something of nature. The lists are chosen so that no pair can hurt:
// no colours, sizes, ages, speeds or tempers, and no creature whose name is used as an insult anywhere we know of.

// biome-ignore format: word lists read better in rows
const adjectives = [
  "Able", "Airy", "Alert", "Amiable", "Ample", "Apt", "Artful", "Attentive", "Balmy", "Benign", "Blithe", "Bold", "Brave",
  "Breezy", "Bright", "Brisk", "Buoyant", "Calm", "Candid", "Careful", "Caring", "Cheerful", "Civil", "Clear", "Clever",
  "Composed", "Content", "Cordial", "Courteous", "Curious", "Daring", "Diligent", "Dreamy", "Eager", "Earnest", "Easy",
  "Elegant", "Faithful", "Festive", "Friendly", "Generous", "Gentle", "Giving", "Glad", "Gleaming", "Graceful", "Gracious",
  "Grateful", "Happy", "Hardy", "Harmonious", "Hearty", "Helpful", "Honest", "Hopeful", "Humble", "Jaunty", "Jolly", "Jovial",
  "Joyful", "Just", "Keen", "Kind", "Lively", "Loyal", "Lucid", "Lucky", "Lyrical", "Mellow", "Merry", "Mindful", "Modest",
  "Musical", "Neat", "Nimble", "Noble", "Observant", "Open", "Patient", "Peaceful", "Pensive", "Placid", "Playful", "Pleasant",
  "Plucky", "Poetic", "Polite", "Prudent", "Quiet", "Ready", "Restful", "Sage", "Serene", "Sincere", "Smiling", "Sociable",
  "Sparkling", "Spirited", "Spry", "Steadfast", "Steady", "Still", "Sunny", "Tactful", "Thoughtful", "Tidy", "Tranquil",
  "Trusty", "Upbeat", "Valiant", "Vivid", "Wandering", "Warm", "Watchful", "Welcome", "Whimsical", "Willing", "Wise",
  "Witty", "Wondering", "Zestful",
] as const;

// biome-ignore format: word lists read better in rows
const things = [
  "Acorn", "Alder", "Anemone", "Arbor", "Aspen", "Aster", "Aurora", "Avocet", "Badger", "Bamboo", "Basil", "Bay", "Beech",
  "Begonia", "Birch", "Bittern", "Bluebell", "Bobolink", "Brook", "Bumblebee", "Bunting", "Buttercup", "Camellia", "Canary",
  "Canyon", "Caribou", "Cedar", "Chaffinch", "Chamois", "Chestnut", "Clematis", "Cloud", "Clover", "Comet", "Coral", "Cormorant",
  "Cornflower", "Cove", "Crane", "Creek", "Crocus", "Curlew", "Cypress", "Daffodil", "Dahlia", "Daisy", "Dale", "Delta",
  "Dolphin", "Dragonfly", "Dune", "Dunlin", "Egret", "Eider", "Elm", "Estuary", "Falcon", "Fern", "Field", "Finch", "Firefly",
  "Fjord", "Flax", "Foxglove", "Freesia", "Gannet", "Gazelle", "Ginkgo", "Glacier", "Glade", "Goldfinch", "Grove", "Harbor",
  "Hawthorn", "Hazel", "Heather", "Hedgehog", "Heron", "Hibiscus", "Hill", "Holly", "Honeybee", "Horizon", "Hummingbird",
  "Hyacinth", "Ibex", "Ibis", "Iris", "Island", "Ivy", "Jasmine", "Juniper", "Kestrel", "Kingfisher", "Kite", "Kittiwake",
  "Ladybird", "Lagoon", "Lake", "Larch", "Lark", "Laurel", "Lavender", "Lichen", "Lilac", "Lily", "Linden", "Linnet", "Lotus",
  "Lupin", "Lynx", "Magnolia", "Mallard", "Maple", "Marigold", "Marmot", "Marten", "Meadow", "Mimosa", "Mint", "Moonbeam",
  "Moss", "Mountain", "Narcissus", "Nightingale", "Nuthatch", "Oak", "Oasis", "Ocean", "Orchard", "Orchid", "Oriole", "Osprey",
  "Otter", "Owl", "Pebble", "Peony", "Petrel", "Petunia", "Pine", "Pipit", "Plover", "Poplar", "Poppy", "Prairie", "Primrose",
  "Puffin", "Quail", "Rainbow", "Raindrop", "Ripple", "River", "Robin", "Rosemary", "Rowan", "Saffron", "Sanderling",
  "Sandpiper", "Sapling", "Seashell", "Sequoia", "Siskin", "Skylark", "Snowdrop", "Snowflake", "Sparrow", "Spring", "Spruce",
  "Star", "Starling", "Stream", "Summit", "Sunbeam", "Sunflower", "Swallow", "Swan", "Sycamore", "Tamarisk", "Teal", "Thistle",
  "Thrush", "Thyme", "Tulip", "Turnstone", "Valley", "Verbena", "Violet", "Wagtail", "Warbler", "Waterfall", "Wave", "Waxwing",
  "Willow", "Wren", "Yarrow", "Zinnia",
] as const;

/**
 * An automatic name such as "Quiet Heron" from at least four bytes (of a keyed hash, so that it tells nothing); the same
 * bytes always give the same name.
 * @throws RangeError for fewer than four bytes
 */
export function pseudonymFrom(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new RangeError("pseudonymFrom needs at least four bytes.");
  }
  return `${pick(adjectives, a * 256 + b)} ${pick(things, c * 256 + d)}`;
}

function pick(words: readonly string[], number: number): string {
  return words[number % words.length] ?? "";
}

/** The words names are made of, for those who must look through them. */
export const pseudonymWords = { adjectives, things };
