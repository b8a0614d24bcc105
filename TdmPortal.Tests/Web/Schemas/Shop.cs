using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.Web.Schemas;

/// <summary>A small shop that the designer's tests work on.</summary>
internal static class Shop
{
    public static SchemaDocument Document { get; } = new()
    {
        Name = "shop",
        Entities =
        [
            new EntityDefinition
            {
                Name = "customer",
                Rows = 100,
                Fields =
                [
                    new FieldDefinition { Name = "id", Type = FieldType.Integer, Generator = "sequence" },
                    new FieldDefinition { Name = "email", Type = FieldType.String, Generator = "internet.email", Unique = true },
                    new FieldDefinition { Name = "limit", Type = FieldType.Integer, Generator = "constant" },
                ],
                PrimaryKey = ["id"],
                Unique = [["email", "limit"]],
            },
            new EntityDefinition
            {
                Name = "order",
                Rows = 500,
                Fields =
                [
                    new FieldDefinition { Name = "id", Type = FieldType.Integer, Generator = "sequence" },
                    new FieldDefinition { Name = "customer_id", Type = FieldType.Integer },
                    new FieldDefinition { Name = "note", Type = FieldType.String, Generator = "lorem.sentence", When = "parent(order_customer).limit > 10" },
                ],
                PrimaryKey = ["id"],
            },
        ],
        Relationships = [new RelationshipDefinition { Name = "order_customer", From = new("order", ["customer_id"]), To = new("customer", ["id"]) }],
        Constraints = [new ConstraintDefinition("limit_positive", "customer", "limit >= 0 and email != 'limit'")],
    };
}
