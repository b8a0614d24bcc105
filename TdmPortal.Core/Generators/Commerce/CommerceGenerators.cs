using TdmPortal.Core.Generators.Finance;
using TdmPortal.Core.Generators.Numbers;
using TdmPortal.Core.Generators.Phrases;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Commerce;

/// <summary>Goods, orders and what customers say of them.</summary>
internal static class CommerceGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Words("commerce.productName", "The name of a product.", "[commerce.product_name.adjective] [commerce.product_name.material] [commerce.product_name.product]", "article, item, goods"),
        Words("commerce.product", "A kind of product.", "[commerce.product_name.product]", "article, item"),
        Words("commerce.productAdjective", "How a product is.", "[commerce.product_name.adjective]", "attribute"),
        Words("commerce.material", "What a product is made of.", "[commerce.product_name.material]", "fabric"),
        Words("commerce.productDescription", "A sentence about a product.", "[commerce.product_description]", "details, text"),
        Words("commerce.department", "A department of a store.", "[commerce.department]", "aisle, section"),
        Words("commerce.category", "A category of goods.", "[commerce.category]", "group, taxonomy"),
        Words("commerce.brand", "A brand that does not exist.", "[commerce.brand]", "maker, manufacturer, label"),
        Words("commerce.color", "A colour by its name.", "[commerce.color]", "colour, paint"),
        Words("commerce.size", "A size of clothing.", "[commerce.size]", "S, M, L"),
        Words("commerce.unit", "A unit of sale.", "[commerce.unit]", "measure, piece, kg"),
        Make("commerce.price", "A price that ends as prices do: .99, .95, .49 or .00.", Kinds.Fraction,
            [Number("min", "The lowest.", 1, 0, 1e12), Number("max", "The highest.", 500, 0, 1e12)], "cost, amount, money, list price", """{"min":5,"max":200}""") with { Create = static c => PriceSource.Create(c, ending: true) },
        Words("commerce.sku", "A stock keeping unit.", "???-#####-??", "article number, item number, part number"),
        Make("commerce.ean13", "A bar code with its check digit, from the range for internal use.", Kinds.Digits, [], "GTIN, barcode") with { Create = static c => CheckedSource.Create(c, "2###########0", Checks.Gs1) },
        Make("commerce.ean8", "A short bar code with its check digit, from the range for internal use.", Kinds.Digits, [], "GTIN, barcode") with { Create = static c => CheckedSource.Create(c, "2######0", Checks.Gs1) },
        Make("commerce.upc", "A US bar code with its check digit, from the range for internal use.", Kinds.Digits, [], "barcode, UPC-A") with { Create = static c => CheckedSource.Create(c, "4##########0", Checks.Gs1) },
        Make("commerce.isbn13", "A book's number with its check digit.", Kinds.Digits, [], "book, ISBN") with { Create = static c => CheckedSource.Create(c, "978#########0", Checks.Gs1) },
        Make("commerce.isbn10", "A book's number in its old form with its check digit.", Kinds.Text, [], "book, ISBN") with { Create = static c => CheckedSource.Create(c, "#########0", Checks.Isbn10) },
        Words("commerce.promoCode", "A code for a discount.", "[commerce.promo]##", "coupon, voucher, discount"),
        Words("commerce.orderNumber", "An order's number.", "ORD-######## || WEB-########", "purchase, reference"),
        Words("commerce.orderStatus", "The state of an order.", "[commerce.order_status]", "placed, shipped"),
        Words("commerce.paymentMethod", "How something is paid.", "[commerce.payment_method]", "card, invoice, wallet"),
        Words("commerce.paymentStatus", "The state of a payment.", "[commerce.payment_status]", "captured, refunded"),
        Words("commerce.shippingMethod", "How something is sent.", "[commerce.shipping_method]", "delivery, express"),
        Words("commerce.carrier", "A parcel carrier that does not exist.", "[commerce.carrier]", "courier, shipping"),
        Words("commerce.trackingNumber", "A parcel's number.", "TRK############", "shipment, delivery"),
        Make("commerce.rating", "Stars from 1 to 5, more good ones than bad ones.", Kinds.Whole, [], "stars, score, review") with { Create = static c => DistributionSource.Create(c, () => Distributions.Discrete([1, 2, 3, 4, 5], [6, 5, 11, 28, 50])) },
        Words("commerce.reviewTitle", "The headline of a review.", "[commerce.review_title]", "rating, feedback"),
        Words("commerce.review", "What a customer writes.", "[commerce.review_open] [commerce.review_mid] [commerce.review_end]", "rating, feedback, comment, opinion"),
        Words("commerce.returnReason", "Why something comes back.", "[commerce.return_reason]", "refund, complaint"),
        Words("commerce.stockStatus", "Whether something is there.", "[commerce.stock_status]", "availability, inventory"),
        Words("commerce.warehouse", "A warehouse's code.", "WH-?##", "storage, location, bin"),
    ];
}
