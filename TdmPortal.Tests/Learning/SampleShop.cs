using System.Globalization;
using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Learning;

namespace TdmPortal.Tests.Learning;

/// <summary>Files of a shop whose structure is known: what determines what, what rises with what, whose customers order most.</summary>
internal static class SampleShop
{
    private static readonly string[] Cities = ["Hamburg", "Berlin", "Lyon", "Paris", "Graz"];
    private static readonly string[] Countries = ["DE", "DE", "FR", "FR", "AT"];
    private static readonly string[] Names = ["Ann", "Bob", "Cem", "Dora", "Eve", "Finn", "Gus", "Hedwig"];
    private static readonly string[] Surnames = ["Arnold", "Berger", "Celik", "Dupont", "Engel", "Fischer", "Grabowski"];

    public static Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal) { ["customers.csv"] = Customers(2000), ["orders.csv"] = Orders(6000, 2000) };

    public static List<InspectedFile> Inspected { get; } = [.. Files.Select(file => SampleFiles.Inspect(file.Key, file.Value))];

    public static SampleSource Source() => new(Inspected, name => new MemoryStream(Files[name]));

    private static double Unit(int column, long row) => (Randomness.Cell((ulong)column * 7919, row) >> 11) * (1.0 / (1UL << 53));

    private static double Normal(int column, long row) => DeterministicMath.NormalQuantile((Unit(column, row) * 0.9999) + 0.00005);

    private static string Day(double day) => new DateOnly(2020, 1, 1).AddDays((int)day).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    private static byte[] Customers(int rows)
    {
        var text = new StringBuilder("Id;Vorname;Nachname;Name;E-Mail;Stadt;Land;Segment;Einkommen;Bonität;Kundennummer;Seit;Zuletzt;Kommentar\r\n");
        for (var i = 0; i < rows; i++)
        {
            var wealth = Normal(1, i);
            var city = (int)(Unit(2, i) * Unit(2, i) * 5);
            var (first, last) = (Names[(int)(Unit(3, i) * 8)], Surnames[(int)(Unit(4, i) * 7)] + (i % 100));
            var since = Unit(5, i) * Unit(5, i) * 1500;
            var segment = wealth + (0.3 * Normal(6, i)) > 0.8 ? "gold" : wealth > -0.5 ? "silver" : "basic";
            var income = DeterministicMath.Exp(10 + (0.4 * wealth)).ToString("F2", CultureInfo.InvariantCulture).Replace('.', ',');
            var score = Math.Clamp((int)(600 + (80 * ((0.8 * wealth) + (0.6 * Normal(7, i))))), 300, 850);
            text.Append(CultureInfo.InvariantCulture, $"{1000 + i};{first};{last};{first} {last};{first}.{last}.{i}@example.org;{Cities[city]};{Countries[city]};{segment};{income};{(Unit(8, i) < 0.1 ? "" : score)};K-{(i * 7919 % 90000) + 10000};{Day(since)};{Day(since + (Unit(9, i) * 60))};Anruf von {first} {last} wegen Rechnung\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Orders(int rows, int customers)
    {
        var text = new StringBuilder("order_no,customer_id,status,paid,quantity,unit_price,total,discount\n");
        for (var i = 0; i < rows; i++)
        {
            // Few customers have most orders.
            var customer = 1000 + (int)(customers * DeterministicMath.Pow(Unit(11, i), 2.5));
            var status = Unit(12, i) < 0.6 ? "done" : Unit(12, i) < 0.9 ? "open" : "cancelled";
            var paid = status == "done" ? Unit(13, i) < 0.95 : Unit(13, i) < 0.1;
            var quantity = 1 + (int)(Unit(14, i) * Unit(14, i) * 9);
            var price = Math.Round(5 + (20 * DeterministicMath.Exp(0.5 * Normal(15, i))), 2);
            var discount = Math.Round(Math.Max(0, (0.4 * price) + (2 * Normal(16, i))), 2);
            text.Append(CultureInfo.InvariantCulture, $"{i + 1},{customer},{status},{(paid ? "yes" : "no")},{quantity},{price:F2},{quantity * price:F2},{discount:F2}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
