package com.example.lysverk;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** The data of the checkout form. */
public class Order {
    @NotBlank(message = "Please enter a name.")
    @Size(max = 80, message = "That is too long for our shipping labels.")
    private String name = "";

    @NotBlank(message = "We need this to send your receipt.")
    @Email(message = "That does not look like an e-mail address.")
    private String email = "";

    @NotBlank(message = "Where should we send it?")
    @Size(max = 120, message = "That is too long for our shipping labels.")
    private String street = "";

    @Pattern(regexp = "\\d{4,5}", message = "Four or five digits, please.")
    private String postcode = "";

    @NotBlank(message = "Please enter a town.")
    private String city = "";

    @Size(max = 500, message = "Please keep it under 500 characters.")
    private String note = "";

    @AssertTrue(message = "Please agree to the terms of sale.")
    private boolean terms;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getStreet() {
        return street;
    }

    public void setStreet(String street) {
        this.street = street;
    }

    public String getPostcode() {
        return postcode;
    }

    public void setPostcode(String postcode) {
        this.postcode = postcode;
    }

    public String getCity() {
        return city;
    }

    public void setCity(String city) {
        this.city = city;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }

    public boolean isTerms() {
        return terms;
    }

    public void setTerms(boolean terms) {
        this.terms = terms;
    }
}
