using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;
using Xunit;

namespace TdmPortal.Tests.Web.Schemas.Editing;

public sealed class SchemaEditsTests
{
    [Fact]
    public void WithFields_OneField_LeavesAllOthersTheSameObjects()
    {
        var next = Shop.Document.WithField("customer", "email", f => f with { NullPercent = 5 });
        Assert.Equal(5, next.Entity("customer")!.Field("email")!.NullPercent);
        Assert.Same(Shop.Document.Entity("customer")!.Field("id"), next.Entity("customer")!.Field("id"));
        Assert.Same(Shop.Document.Entity("order"), next.Entity("order"));
    }

    [Fact]
    public void RenameField_KeyField_TakesKeysRelationshipsAndGroupsAlong()
    {
        var next = Shop.Document.RenameField("customer", "id", "customer_no").RenameField("customer", "limit", "credit");
        var customer = next.Entity("customer")!;
        Assert.Equal(["customer_no"], customer.PrimaryKey);
        Assert.Equal(["email", "credit"], customer.Unique[0]);
        Assert.Equal(["customer_no"], next.Relationships[0].To.Fields);
        Assert.Equal(["customer_id"], next.Relationships[0].From.Fields);
    }

    [Fact]
    public void RenameField_NamedInExpressions_RenamesThereButNotInTexts()
    {
        var next = Shop.Document.RenameField("customer", "limit", "credit");
        Assert.Equal("credit >= 0 and email != 'limit'", next.Constraints[0].Check);
        Assert.Equal("parent(order_customer).credit > 10", next.Entity("order")!.Field("note")!.When);
    }

    [Fact]
    public void RenameField_NameTaken_ChangesNothing() =>
        Assert.Same(Shop.Document, Shop.Document.RenameField("customer", "email", "id"));

    [Fact]
    public void RemoveFields_FieldOfARelationship_TakesTheRelationshipAlong()
    {
        var next = Shop.Document.RemoveFields("order", ["customer_id"]);
        Assert.Empty(next.Relationships);
        Assert.Equal(2, next.Entity("order")!.Fields.Count);
    }

    [Fact]
    public void MoveFields_BlockAtTheEdge_StaysTogether()
    {
        var moved = Shop.Document.MoveFields("customer", ["email", "limit"], -1);
        Assert.Equal(["email", "limit", "id"], moved.Entity("customer")!.Fields.Select(f => f.Name));
        Assert.Same(moved, moved.MoveFields("customer", ["email", "limit"], -1));
        Assert.Same(Shop.Document.Entity("customer"), Shop.Document.MoveFields("customer", ["limit"], 1).Entity("customer"));
    }

    [Fact]
    public void FillDown_NullShare_CopiesTheFirstToTheRest()
    {
        var next = Shop.Document.WithField("customer", "id", f => f with { NullPercent = 12 }).FillDown("customer", ["id", "email", "limit"], FieldColumn.Nulls);
        Assert.All(next.Entity("customer")!.Fields, f => Assert.Equal(12, f.NullPercent));
    }

    [Fact]
    public void FillDown_Generator_BringsItsTypeAlong()
    {
        var next = Shop.Document.FillDown("customer", ["email", "limit"], FieldColumn.Generator);
        Assert.Equal(("internet.email", FieldType.String), (next.Entity("customer")!.Field("limit")!.Generator, next.Entity("customer")!.Field("limit")!.Type));
    }

    [Fact]
    public void PrefixFields_SeveralFields_RenamesEachWithItsReferences()
    {
        var next = Shop.Document.PrefixFields("customer", ["email", "limit"], "cust_");
        Assert.Equal(["id", "cust_email", "cust_limit"], next.Entity("customer")!.Fields.Select(f => f.Name));
        Assert.Equal("cust_limit >= 0 and cust_email != 'limit'", next.Constraints[0].Check);
    }

    [Fact]
    public void ProposeRelationship_NoFittingField_MakesOne()
    {
        var document = Shop.Document.AddEntity("invoice");
        var (next, relationship) = document.ProposeRelationship("invoice", "order");
        Assert.Equal(["order_id"], relationship.From.Fields);
        Assert.Equal(FieldType.Integer, next.Entity("invoice")!.Field("order_id")!.Type);
        Assert.Null(next.Entity("invoice")!.Field("order_id")!.Generator);
    }

    [Fact]
    public void SetRelationship_PerParent_TakesTheChildsRows()
    {
        var perParent = Shop.Document.Relationships[0] with { Distribution = new(DistributionKind.PerParent, Min: 1, Max: 3) };
        var next = Shop.Document.SetRelationship("order_customer", perParent);
        Assert.Null(next.Entity("order")!.Rows);
        Assert.Equal(1000, next.SetRelationship("order_customer", Shop.Document.Relationships[0]).Entity("order")!.Rows);
    }

    [Fact]
    public void SetRelationship_Renamed_FollowsIntoExpressions()
    {
        var next = Shop.Document.SetRelationship("order_customer", Shop.Document.Relationships[0] with { Name = "placed_by" });
        Assert.Equal("parent(placed_by).limit > 10", next.Entity("order")!.Field("note")!.When);
    }

    [Fact]
    public void RemoveEntity_Parent_TakesItsRelationshipsAndChecks()
    {
        var next = Shop.Document.RemoveEntity("customer");
        Assert.Empty(next.Relationships);
        Assert.Empty(next.Constraints);
    }

    [Fact]
    public void DuplicateEntity_Child_HasItsOwnRelationship()
    {
        var next = Shop.Document.DuplicateEntity("order");
        Assert.Equal(["customer", "order", "order_2"], next.Entities.Select(e => e.Name));
        Assert.Contains(next.Relationships, r => r.From.Entity == "order_2" && r.To.Entity == "customer");
        Assert.Equal("parent(order_2_customer).limit > 10", next.Entity("order_2")!.Field("note")!.When);
    }

    [Theory]
    [InlineData("Order ID", "order_id")]
    [InlineData("orderId", "order_id")]
    [InlineData("Straße", "stra_e")]
    [InlineData("Prénom", "prenom")]
    [InlineData("2nd line", "f_2nd_line")]
    [InlineData("!!!", "field")]
    public void FromText_WhatPeopleType_IsAValidName(string text, string name)
    {
        Assert.Equal(name, SchemaNames.FromText(text));
        Assert.True(SchemaNames.IsValid(name));
    }

    [Theory]
    [InlineData("sum(order_customer, limit * id)", "sum(order_customer, limit * id)")]
    [InlineData("sum( order_customer , amount ) + limit", "sum( order_customer , amount ) + credit")]
    [InlineData("max(limit, 3)", "max(credit, 3)")]
    [InlineData("limit('limit') + Limit", "limit('limit') + Limit")]
    public void RenameField_Expression_KnowsWhoseNameItIs(string before, string after) =>
        Assert.Equal(after, ExpressionNames.RenameField(before, "customer", "customer", "limit", "credit", _ => "customer", r => r == "order_customer" ? "order" : null));
}
