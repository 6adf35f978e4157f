# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""What Galago Tiny can see: things, shapes, colours and words, with their names in English and Chinese.

Every thing lists where its drawings come from: names in Microsoft's Fluent Emoji (`fluent`), the emoji
character (`emoji`, for Twemoji and Noto), Material Design Icons (`mdi`) and Phosphor (`phosphor`).
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A class of things that can be named. `classifier` is the Chinese measure word."""
    name: str
    plural: str
    zh: str
    classifier: str = "个"
    fluent: str = ""
    emoji: str = ""
    mdi: str = ""
    phosphor: str = ""

    @property
    def article(self):
        return ("an " if self.name[0] in "aeiou" else "a ") + self.name


SHAPES = [
    Kind("circle", "circles", "圆形"),
    Kind("square", "squares", "正方形"),
    Kind("triangle", "triangles", "三角形"),
    Kind("rectangle", "rectangles", "长方形"),
    Kind("star", "stars", "星形"),
    Kind("heart", "hearts", "心形"),
    Kind("pentagon", "pentagons", "五边形"),
    Kind("hexagon", "hexagons", "六边形"),
    Kind("diamond", "diamonds", "菱形"),
    Kind("cross", "crosses", "十字形"),
    Kind("oval", "ovals", "椭圆形"),
    Kind("arrow", "arrows", "箭头"),
]

THINGS = [
    # fruit and food
    Kind("apple", "apples", "苹果", "个", "red-apple", "🍎", "food-apple", ""),
    Kind("banana", "bananas", "香蕉", "根", "banana", "🍌", "", ""),
    Kind("lemon", "lemons", "柠檬", "个", "lemon", "🍋", "", ""),
    Kind("cherry", "cherries", "樱桃", "个", "cherries", "🍒", "fruit-cherries", "cherries"),
    Kind("strawberry", "strawberries", "草莓", "个", "strawberry", "🍓", "", ""),
    Kind("grape", "grapes", "葡萄", "串", "grapes", "🍇", "fruit-grapes", ""),
    Kind("carrot", "carrots", "胡萝卜", "根", "carrot", "🥕", "carrot", "carrot"),
    Kind("mushroom", "mushrooms", "蘑菇", "个", "mushroom", "🍄", "mushroom", ""),
    Kind("pizza", "pizzas", "披萨", "块", "pizza", "🍕", "pizza", "pizza"),
    Kind("cake", "cakes", "蛋糕", "个", "birthday-cake", "🎂", "cake-variant", "cake"),
    # animals
    Kind("cat", "cats", "猫", "只", "cat", "🐈", "cat", "cat"),
    Kind("dog", "dogs", "狗", "只", "dog", "🐕", "dog-side", "dog"),
    Kind("fish", "fish", "鱼", "条", "fish", "🐟", "fish", "fish"),
    Kind("bird", "birds", "鸟", "只", "bird", "🐦", "bird", "bird"),
    Kind("rabbit", "rabbits", "兔子", "只", "rabbit", "🐇", "rabbit", "rabbit"),
    Kind("butterfly", "butterflies", "蝴蝶", "只", "butterfly", "🦋", "butterfly", "butterfly"),
    Kind("turtle", "turtles", "乌龟", "只", "turtle", "🐢", "turtle", ""),
    Kind("horse", "horses", "马", "匹", "horse", "🐎", "horse", "horse"),
    # vehicles
    Kind("car", "cars", "汽车", "辆", "automobile", "🚗", "car", "car"),
    Kind("bus", "buses", "公共汽车", "辆", "bus", "🚌", "bus", "bus"),
    Kind("bicycle", "bicycles", "自行车", "辆", "bicycle", "🚲", "bicycle", "bicycle"),
    Kind("airplane", "airplanes", "飞机", "架", "airplane", "✈", "airplane", "airplane"),
    Kind("boat", "boats", "帆船", "艘", "sailboat", "⛵", "sail-boat", "sailboat"),
    Kind("truck", "trucks", "卡车", "辆", "delivery-truck", "🚚", "truck", "truck"),
    Kind("rocket", "rockets", "火箭", "枚", "rocket", "🚀", "rocket", "rocket"),
    # clothes
    Kind("shirt", "shirts", "上衣", "件", "t-shirt", "👕", "tshirt-crew", "t-shirt"),
    Kind("hat", "hats", "帽子", "顶", "top-hat", "🎩", "hat-fedora", ""),
    Kind("shoe", "shoes", "鞋", "只", "running-shoe", "👟", "shoe-sneaker", "sneaker"),
    Kind("dress", "dresses", "连衣裙", "条", "dress", "👗", "", "dress"),
    # out of doors
    Kind("house", "houses", "房子", "座", "house", "🏠", "home", "house"),
    Kind("tree", "trees", "树", "棵", "evergreen-tree", "🌲", "pine-tree", "tree-evergreen"),
    Kind("flower", "flowers", "花", "朵", "tulip", "🌷", "flower-tulip", "flower-tulip"),
    Kind("sun", "suns", "太阳", "个", "sun", "☀", "white-balance-sunny", "sun"),
    Kind("moon", "moons", "月亮", "个", "crescent-moon", "🌙", "moon-waning-crescent", "moon"),
    Kind("cloud", "clouds", "云", "朵", "cloud", "☁", "cloud", "cloud"),
    # at home
    Kind("umbrella", "umbrellas", "雨伞", "把", "umbrella", "☂", "umbrella", "umbrella"),
    Kind("key", "keys", "钥匙", "把", "key", "🔑", "key", "key"),
    Kind("clock", "clocks", "钟", "个", "alarm-clock", "⏰", "clock", "clock"),
    Kind("cup", "cups", "杯子", "个", "hot-beverage", "☕", "coffee", "coffee"),
    Kind("book", "books", "书", "本", "closed-book", "📕", "book", "book"),
    Kind("ball", "balls", "足球", "个", "soccer-ball", "⚽", "soccer", "soccer-ball"),
    Kind("bell", "bells", "铃铛", "个", "bell", "🔔", "bell", "bell"),
    Kind("phone", "phones", "手机", "部", "mobile-phone", "📱", "cellphone", "device-mobile"),
    Kind("guitar", "guitars", "吉他", "把", "guitar", "🎸", "guitar-acoustic", "guitar"),
    Kind("lock", "locks", "锁", "把", "locked", "🔒", "lock", "lock"),
    Kind("letter", "letters", "信封", "个", "envelope", "✉", "email", "envelope"),
    Kind("gift", "gifts", "礼物", "个", "wrapped-gift", "🎁", "gift", "gift"),
    Kind("balloon", "balloons", "气球", "个", "balloon", "🎈", "balloon", "balloon"),
]


@dataclass(frozen=True)
class Colour:
    """A named colour: centre in HSV (degrees, 0..1, 0..1) and half widths of the shades people call so."""
    name: str
    zh: str
    hsv: tuple
    spread: tuple


COLOURS = [
    Colour("red", "红色", (358, 0.88, 0.86), (7, 0.10, 0.12)),
    Colour("orange", "橙色", (29, 0.92, 0.97), (6, 0.08, 0.03)),
    Colour("yellow", "黄色", (52, 0.86, 0.97), (5, 0.12, 0.03)),
    Colour("green", "绿色", (125, 0.72, 0.65), (22, 0.22, 0.17)),
    Colour("blue", "蓝色", (217, 0.80, 0.82), (14, 0.18, 0.16)),
    Colour("purple", "紫色", (275, 0.66, 0.68), (11, 0.18, 0.14)),
    Colour("pink", "粉色", (335, 0.42, 0.98), (12, 0.12, 0.02)),
    Colour("brown", "棕色", (24, 0.66, 0.44), (6, 0.12, 0.08)),
    Colour("black", "黑色", (0, 0.05, 0.08), (180, 0.05, 0.07)),
    Colour("white", "白色", (0, 0.01, 0.99), (180, 0.01, 0.01)),
    Colour("gray", "灰色", (0, 0.02, 0.55), (180, 0.02, 0.11)),
]

NUMBERS = ["zero", "one", "two", "three", "four", "five", "six"]
NUMBERS_ZH = ["零", "一", "两", "三", "四", "五", "六"]

DIGITS = "0123456789"

# Short printed words that it can read.
WORDS = """ART BAG BED BIG BOX BOY BUS CAR CAT CUP DAY DOG EAT EGG END EXIT EYE FIRE FISH FLY FOOD FREE FUN
GAME GIRL GO GOOD HAT HELP HI HOME HOT ICE JOB KEY LOVE MAN MAP MILK MOON NEW NO NOW OFF OK ON OPEN PARK PEN PLAY
RED RUN SALE SHOP SKY STOP SUN TAXI TEA TIME TOP TREE TWO WATER WIN YES ZOO""".split()

CATEGORIES = {
    "fruit": ("apple banana lemon cherry strawberry grape".split(), "水果"),
    "animal": ("cat dog fish bird rabbit butterfly turtle horse".split(), "动物"),
    "vehicle": ("car bus bicycle airplane boat truck rocket".split(), "交通工具"),
}

UNKNOWN = {"en": "I can only see simple drawings.", "zh": "我只能看懂简单的图画。"}
