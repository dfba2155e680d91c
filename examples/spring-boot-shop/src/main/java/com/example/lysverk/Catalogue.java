package com.example.lysverk;

import com.example.lysverk.Product.Kind;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** All products of the shop. */
@Component
public class Catalogue {
    private final List<Product> products = List.of(
            new Product(
                    1,
                    "halo",
                    "Halo",
                    Kind.PENDANT,
                    42900,
                    "A ring of light over the long table",
                    "A thin brass ring carries one unbroken line of warm light. Halo hangs from three steel threads that you"
                            + " level by hand, so that it sits true even under an old ceiling.",
                    "Brushed brass, opal acrylic",
                    "Ø 80 cm, drop up to 160 cm",
                    24,
                    List.of("brass", "graphite")),
            new Product(
                    2,
                    "fjell",
                    "Fjell",
                    Kind.PENDANT,
                    18900,
                    "A steep cone for the kitchen counter",
                    "Spun from a single sheet of aluminium and painted twice. Fjell throws a tight circle of light exactly"
                            + " where the knife is, and leaves the rest of the room dim.",
                    "Spun aluminium",
                    "Ø 28 cm, height 34 cm",
                    8,
                    List.of("moss", "ochre", "chalk")),
            new Product(
                    3,
                    "drift",
                    "Drift",
                    Kind.PENDANT,
                    24900,
                    "A soft dome that floats",
                    "Felted wool over a light frame: Drift swallows echo as well as glare. Two of them make a large room"
                            + " smaller in the best way.",
                    "Felted wool, ash",
                    "Ø 60 cm, height 26 cm",
                    12,
                    List.of("sand", "moss", "graphite")),
            new Product(
                    4,
                    "sol",
                    "Sol",
                    Kind.TABLE,
                    15900,
                    "A small sun for a dark desk",
                    "Mouth-blown opal glass on a turned oak foot. The dimmer is the foot itself: turn it, and the day gets"
                            + " longer.",
                    "Opal glass, oak",
                    "Ø 22 cm, height 31 cm",
                    7,
                    List.of("oak", "smoked oak")),
            new Product(
                    5,
                    "tind",
                    "Tind",
                    Kind.TABLE,
                    13900,
                    "Reading light with a point",
                    "A folded steel shade that tilts with one finger and stays where you leave it. Narrow enough for a"
                            + " bookshelf, bright enough for small print.",
                    "Powder-coated steel",
                    "Foot Ø 14 cm, height 42 cm",
                    6,
                    List.of("ochre", "chalk", "graphite")),
            new Product(
                    6,
                    "bris",
                    "Bris",
                    Kind.TABLE,
                    9900,
                    "The one that goes outside",
                    "Bris runs for fourteen hours without a cord and does not mind rain. Children carry it under blankets;"
                            + " that is what it was made for.",
                    "Recycled polycarbonate",
                    "Ø 16 cm, height 24 cm",
                    3,
                    List.of("chalk", "moss", "ochre")),
            new Product(
                    7,
                    "stav",
                    "Stav",
                    Kind.FLOOR,
                    36900,
                    "An arc over the good chair",
                    "Four metres of steel tube, bent cold in one piece. The foot is granite from the quarry across the fjord"
                            + " and weighs as much as a large dog.",
                    "Steel, granite",
                    "Height 196 cm, reach 120 cm",
                    11,
                    List.of("graphite", "brass")),
            new Product(
                    8,
                    "varde",
                    "Varde",
                    Kind.FLOOR,
                    31900,
                    "Three legs, one warm cylinder",
                    "Ash legs, a linen shade, and joints without a single screw. Varde packs flat, and goes back together in"
                            + " the time it takes to boil water.",
                    "Ash, linen",
                    "Height 148 cm, shade Ø 42 cm",
                    10,
                    List.of("ash", "smoked oak")),
            new Product(
                    9,
                    "lykt",
                    "Lykt",
                    Kind.FLOOR,
                    27900,
                    "A lantern for a quiet corner",
                    "Folded paper on a blackened frame, lit from below. Lykt is the last lamp that you turn off at night.",
                    "Washi paper, steel",
                    "Height 112 cm, width 30 cm",
                    9,
                    List.of("chalk", "sand")));

    public List<Product> all() {
        return products;
    }

    public List<Product> of(Kind kind) {
        return products.stream().filter(product -> product.kind() == kind).toList();
    }

    public Optional<Product> find(int id) {
        return products.stream().filter(product -> product.id() == id).findFirst();
    }

    /** Returns up to three other products that a customer might like, those of the same kind first. */
    public List<Product> near(Product product) {
        return products.stream()
                .filter(other -> other.id() != product.id())
                .sorted((a, b) -> Boolean.compare(b.kind() == product.kind(), a.kind() == product.kind()))
                .limit(3)
                .toList();
    }
}
