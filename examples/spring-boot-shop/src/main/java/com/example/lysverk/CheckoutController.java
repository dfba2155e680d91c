package com.example.lysverk;

import jakarta.validation.Valid;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Handles the basket and the checkout. */
@Controller
public class CheckoutController {
    private static final int FREE_SHIPPING_FROM = 20000;
    private static final int SHIPPING = 990;

    /** A product in the basket and its quantity. */
    public record Line(Product product, int pieces) {
        public String price() {
            return Money.euros(product.priceInCents() * pieces);
        }
    }

    private final Catalogue catalogue;
    private final Basket basket;

    public CheckoutController(Catalogue catalogue, Basket basket) {
        this.catalogue = catalogue;
        this.basket = basket;
    }

    @ModelAttribute("basketSize")
    int basketSize() {
        return basket.size();
    }

    @GetMapping("/basket")
    String basket(Model model) {
        addLines(model);
        return "basket";
    }

    @PostMapping("/basket/add")
    String add(@RequestParam int product) {
        catalogue.find(product).ifPresent(found -> basket.add(found.id()));
        return "redirect:/basket";
    }

    @PostMapping("/basket/remove")
    String remove(@RequestParam int product) {
        basket.remove(product);
        return "redirect:/basket";
    }

    @GetMapping("/checkout")
    String checkout(Order order, Model model) {
        if (basket.size() == 0) {
            return "redirect:/basket";
        }
        model.addAttribute("order", order);
        addLines(model);
        return "checkout";
    }

    @PostMapping("/checkout")
    String order(@Valid Order order, BindingResult problems, Model model, RedirectAttributes next) {
        if (basket.size() == 0) {
            return "redirect:/basket";
        }
        if (problems.hasErrors()) {
            addLines(model);
            return "checkout";
        }
        basket.clear();
        next.addFlashAttribute("name", order.getName());
        return "redirect:/checkout/thanks";
    }

    @GetMapping("/checkout/thanks")
    String thanks() {
        return "thanks";
    }

    private void addLines(Model model) {
        List<Line> lines = basket.pieces().entrySet().stream()
                .map(entry -> new Line(catalogue.find(entry.getKey()).orElseThrow(), entry.getValue()))
                .toList();
        int goods = lines.stream()
                .mapToInt(line -> line.product().priceInCents() * line.pieces())
                .sum();
        int shipping = goods >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
        model.addAttribute("lines", lines);
        model.addAttribute("shipping", shipping == 0 ? "free" : Money.euros(shipping));
        model.addAttribute("total", Money.euros(goods + shipping));
    }
}
