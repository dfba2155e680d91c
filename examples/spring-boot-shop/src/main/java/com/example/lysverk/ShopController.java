package com.example.lysverk;

import com.example.lysverk.Product.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Serves the pages of the catalogue and the shop's other content. */
@Controller
public class ShopController {
    private static final List<String> ROOMS = List.of(
            "The long table",
            "Reading corner",
            "Kitchen, six in the morning",
            "Hallway",
            "Under the eaves",
            "The desk by the window",
            "Terrace in August",
            "Bedroom, last light",
            "The workshop",
            "Stairwell",
            "Library",
            "Guest room",
            "Winter garden",
            "Boathouse");

    private final Catalogue catalogue;
    private final Basket basket;

    public ShopController(Catalogue catalogue, Basket basket) {
        this.catalogue = catalogue;
        this.basket = basket;
    }

    @ModelAttribute("basketSize")
    int basketSize() {
        return basket.size();
    }

    @GetMapping("/")
    String home(Model model) {
        model.addAttribute("products", Stream.of(1, 4, 8).map(this::product).toList());
        return "home";
    }

    @GetMapping("/products")
    String products(@RequestParam(required = false) String kind, Model model) {
        Kind chosen = Stream.of(Kind.values())
                .filter(candidate -> candidate.slug().equals(kind))
                .findFirst()
                .orElse(null);
        model.addAttribute("kinds", Kind.values());
        model.addAttribute("chosen", chosen);
        model.addAttribute("products", chosen == null ? catalogue.all() : catalogue.of(chosen));
        return "products";
    }

    @GetMapping("/products/{id}")
    String product(@PathVariable int id, Model model) {
        Product product = product(id);
        model.addAttribute("product", product);
        model.addAttribute("near", catalogue.near(product));
        return "product";
    }

    /** Serves a single-page application: its views change in the browser. */
    @GetMapping({"/configurator", "/configurator/{view:shade|cord|summary}"})
    String configurator() {
        return "configurator";
    }

    @GetMapping("/gallery")
    String gallery(Model model) {
        model.addAttribute("rooms", ROOMS);
        return "gallery";
    }

    @GetMapping("/workshop")
    String workshop() {
        return "workshop";
    }

    private Product product(int id) {
        return catalogue.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
