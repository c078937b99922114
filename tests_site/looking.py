"""Scripts that run in the browser and return what looks wrong on a page."""

# What is wider than the window: the page itself, or an element outside any scrolling box.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth, found = [];
  if (document.scrollingElement.scrollWidth > width) found.push(`page of ${document.scrollingElement.scrollWidth}`);
  const walk = element => {
    const box = element.getBoundingClientRect();
    if (box.width && box.right > width + 1) found.push(`${element.tagName} ${element.className} to ${box.right}`);
    else if (!/auto|scroll/.test(getComputedStyle(element).overflowX) && element.tagName !== 'svg')
      for (const child of element.children) walk(child);
  };
  const main = document.querySelector('main');
  if (main) walk(main);
  return found.slice(0, 3);
}"""

# A colour as the browser paints it: red, green and blue from 0 to 255, and opacity from 0 to 1.
_PAINT = """
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const paint = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
"""

# Brightness of background and text, from 0 (black) to 1 (white).
SHADES = f"""() => {{
  {_PAINT}
  const shade = ([red, green, blue]) => (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  const style = getComputedStyle(document.body);
  return [shade(paint(style.backgroundColor)), shade(paint(style.color))];
}}"""

# Text with too little contrast by WCAG 2.2, success criterion 1.4.3: a ratio below 4.5, or below 3 for large text.
FAINT = f"""() => {{
  {_PAINT}
  const luminance = colour => {{
    const linear = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
  }};
  const over = (ground, colour) => ground.map((value, i) => value * (1 - colour[3]) + colour[i] * colour[3]);
  const grounds = new Map([[null, [255, 255, 255]]]);
  const ground = element => {{
    if (!grounds.has(element))
      grounds.set(element, over(ground(element.parentElement), paint(getComputedStyle(element).backgroundColor)));
    return grounds.get(element);
  }};
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {{
    const text = texts.currentNode.data.trim(), element = texts.currentNode.parentElement;
    if (!text || !element.getClientRects().length || element.closest('svg, script, style')) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    if (style.visibility === 'hidden' || style.opacity === '0') continue;
    const ink = luminance(over(ground(element), paint(style.color))), paper = luminance(ground(element));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) found.push(`${{text.slice(0, 30)}}: ${{element.tagName}}.${{element.className}} ${{ratio.toFixed(1)}}`);
  }}
  return found.slice(0, 5);
}}"""
