using System.Globalization;
using Bogus;

namespace TdmPortal.Benchmarks;

/// <summary>The rows of customers-orders as one would make them with Bogus and a text writer: an object a row, then a line of CSV.</summary>
internal static class BogusRows
{
    private static readonly DateTime From = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime To = new(2025, 12, 31, 23, 59, 59, DateTimeKind.Utc);

    public static void Write(TextWriter customerText, TextWriter orderText, int customers, int orders)
    {
        var customerId = 0L;
        var customer = new Faker<Customer>("en").UseSeed(1)
            .RuleFor(one => one.Id, _ => ++customerId)
            .RuleFor(one => one.Uuid, faker => faker.Random.Guid())
            .RuleFor(one => one.FirstName, faker => faker.Name.FirstName())
            .RuleFor(one => one.LastName, faker => faker.Name.LastName())
            .RuleFor(one => one.Email, (faker, one) => faker.Internet.Email(one.FirstName, one.LastName, uniqueSuffix: one.Id.ToString(CultureInfo.InvariantCulture)))
            .RuleFor(one => one.Phone, faker => faker.Phone.PhoneNumber())
            .RuleFor(one => one.Street, faker => faker.Address.StreetAddress())
            .RuleFor(one => one.City, faker => faker.Address.City())
            .RuleFor(one => one.CountryCode, faker => faker.Address.CountryCode())
            .RuleFor(one => one.BirthDate, faker => faker.Date.Between(new DateTime(1940, 1, 1), new DateTime(2007, 12, 31)))
            .RuleFor(one => one.CreditLimit, faker => Math.Round(faker.Random.Decimal(0, 10000), 2))
            .RuleFor(one => one.Tier, faker => faker.Random.WeightedRandom(["bronze", "silver", "gold"], [0.7f, 0.2f, 0.1f]))
            .RuleFor(one => one.CreatedAt, faker => faker.Date.Between(From, To));
        foreach (var one in customer.GenerateLazy(customers))
            customerText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Id},{one.Uuid},{Csv(one.FirstName)},{Csv(one.LastName)},{Csv(one.Email)},{Csv(one.Phone)},{Csv(one.Street)},{Csv(one.City)},{one.CountryCode},{one.BirthDate:yyyy-MM-dd},{one.CreditLimit},{one.Tier},{one.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}"));

        var orderId = 0L;
        var order = new Faker<Order>("en").UseSeed(2)
            .RuleFor(one => one.Id, _ => ++orderId)
            .RuleFor(one => one.CustomerId, faker => faker.Random.Long(1, customers))
            .RuleFor(one => one.Status, faker => faker.Random.WeightedRandom(["delivered", "shipped", "paid", "placed", "cancelled"], [0.6f, 0.15f, 0.12f, 0.08f, 0.05f]))
            .RuleFor(one => one.Total, faker => Math.Round(faker.Random.Decimal(5, 2000), 2))
            .RuleFor(one => one.Currency, faker => faker.PickRandom("USD", "EUR", "GBP"))
            .RuleFor(one => one.PlacedAt, faker => faker.Date.Between(From, To))
            .RuleFor(one => one.Note, faker => faker.Random.Bool(0.3f) ? null : faker.Lorem.Sentence(6, 6));
        foreach (var one in order.GenerateLazy(orders))
            orderText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Id},{one.CustomerId},{one.Status},{one.Total},{one.Currency},{one.PlacedAt:yyyy-MM-ddTHH:mm:ssZ},{Csv(one.Note ?? "")}"));
    }

    private static string Csv(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed class Customer
    {
        public long Id { get; set; }

        public Guid Uuid { get; set; }

        public string FirstName { get; set; } = "";

        public string LastName { get; set; } = "";

        public string Email { get; set; } = "";

        public string Phone { get; set; } = "";

        public string Street { get; set; } = "";

        public string City { get; set; } = "";

        public string CountryCode { get; set; } = "";

        public DateTime BirthDate { get; set; }

        public decimal CreditLimit { get; set; }

        public string Tier { get; set; } = "";

        public DateTime CreatedAt { get; set; }
    }

    private sealed class Order
    {
        public long Id { get; set; }

        public long CustomerId { get; set; }

        public string Status { get; set; } = "";

        public decimal Total { get; set; }

        public string Currency { get; set; } = "";

        public DateTime PlacedAt { get; set; }

        public string? Note { get; set; }
    }
}
