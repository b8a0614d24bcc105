using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Masking;
using Xunit;

namespace TdmPortal.Tests.Web.Masking;

public class PolicyEditsTests
{
    private static readonly MaskingPolicy Empty = new() { Name = "p" };

    [Theory]
    [InlineData("customer.email", "customer.email", true)]
    [InlineData("*.email", "customer.email", true)]
    [InlineData("*.email", "customer.contact_email", false)]
    [InlineData("*.email", "customer.e", false)]
    [InlineData("customer.email", "order.email", false)]
    public void Means_PlaceAndColumn_AgreeByWholeNames(string place, string column, bool expected) => Assert.Equal(expected, PolicyEdits.Means(place, column));

    [Fact]
    public void WithColumns_ColumnOfASharedRule_LeavesItAndComesBeforeIt()
    {
        var policy = Empty with { Rules = [Rule("redact", "a.x", "a.y"), Rule("hash", "*.x")] };

        var next = PolicyEdits.WithColumns(policy, ["a.x"], Rule("email"));

        Assert.Equal(["email:a.x", "redact:a.y", "hash:*.x"], Words(next));
        Assert.Equal("email", PolicyEdits.RuleOf(next, "a.x")!.Masker);
        Assert.Equal("hash", PolicyEdits.RuleOf(next, "b.x")!.Masker);
    }

    [Fact]
    public void WithColumns_ColumnOfAWildRule_WinsOverIt()
    {
        var policy = Empty with { Rules = [Rule("hash", "*.x")] };

        Assert.Equal(["email:a.x", "hash:*.x"], Words(PolicyEdits.WithColumns(policy, ["a.x"], Rule("email"))));
    }

    [Fact]
    public void WithColumns_AllColumnsOfARule_TakesItsPlace()
    {
        var policy = Empty with { Rules = [Rule("redact", "a.x"), Rule("hash", "b.y")] };

        Assert.Equal(["email:a.x,b.y"], Words(PolicyEdits.WithColumns(policy, ["a.x", "b.y"], Rule("email"))));
    }

    [Fact]
    public void WithoutColumns_NothingNamesThem_IsTheSamePolicy()
    {
        var policy = Empty with { Rules = [Rule("redact", "a.x", "a.y")] };

        Assert.Same(policy, PolicyEdits.WithoutColumns(policy, ["b.x"]));
        Assert.Equal(["redact:a.y"], Words(PolicyEdits.WithoutColumns(policy, ["a.x"])));
        Assert.Empty(PolicyEdits.WithoutColumns(policy, ["a.x", "a.y"]).Rules);
    }

    [Fact]
    public void WithKind_RuleOfAColumnToo_ChangesOnlyTheKinds()
    {
        var policy = PolicyEdits.WithKind(Empty with { Rules = [Rule("redact", "a.x")] }, "email", Rule("email"));
        Assert.Equal("email", PolicyEdits.RuleOfKind(policy, "email")!.Masker);

        policy = PolicyEdits.WithKind(policy, "email", Rule("hash"));
        Assert.Equal("hash", PolicyEdits.RuleOfKind(policy, "email")!.Masker);

        Assert.Equal(["redact:a.x"], Words(PolicyEdits.WithKind(policy, "email", null)));
    }

    [Fact]
    public void WithGroup_ColumnOfAnotherGroup_Moves()
    {
        var policy = Empty with { Identities = [new("person", ["a.id", "b.id"]), new("place", ["c.id"])] };

        var next = PolicyEdits.WithGroup(policy, "place", new("place", ["c.id", "b.id"]));

        Assert.Equal(["person: a.id", "place: c.id b.id"], next.Identities.Select(group => $"{group.Name}: {string.Join(' ', group.Columns)}"));
        Assert.Equal(["person"], PolicyEdits.WithGroup(policy, "place", null).Identities.Select(group => group.Name));
    }

    [Fact]
    public void History_EditsWithOneKey_AreOneStep()
    {
        var history = new EditHistory<string>("a");
        history.Do("ab", "type", "box");
        history.Do("abc", "type", "box");
        history.Do("x", "clear");

        history.Undo();
        Assert.Equal("abc", history.Present);
        history.Undo();
        Assert.Equal("a", history.Present);
        Assert.False(history.CanUndo);
        history.Redo();
        history.Redo();
        Assert.Equal("x", history.Present);
        history.Undo();
        history.Do("y", "other");
        Assert.False(history.CanRedo);
    }

    private static MaskingRule Rule(string masker, params string[] columns) => new() { Masker = masker, Columns = columns, Args = ArgumentValues.Empty };

    private static IEnumerable<string> Words(MaskingPolicy policy) => policy.Rules.Select(rule => $"{rule.Masker}:{string.Join(',', rule.Columns)}");
}
