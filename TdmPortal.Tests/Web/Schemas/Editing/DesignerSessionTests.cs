using TdmPortal.Web.Schemas.Editing;
using Xunit;

namespace TdmPortal.Tests.Web.Schemas.Editing;

public sealed class DesignerSessionTests
{
    private readonly DesignerSession session = new(Shop.Document, Shop.Document, 3);

    [Fact]
    public void Apply_Edit_CanBeUndoneAndRedone()
    {
        session.Apply("Set rows", d => d.WithEntity("customer", e => e with { Rows = 7 }));
        Assert.Equal(7, session.Entity!.Rows);
        Assert.Equal("Set rows", session.UndoLabel);

        session.Undo();
        Assert.Same(Shop.Document, session.Document);
        session.Redo();
        Assert.Equal(7, session.Entity!.Rows);
        Assert.False(session.CanRedo);
    }

    [Fact]
    public void Apply_EditThatChangesNothing_LeavesNoStep()
    {
        session.Apply("Rename", d => d.RenameEntity("customer", "customer"));
        Assert.False(session.CanUndo);
    }

    [Fact]
    public void Apply_TypingUnderOneKey_IsOneStep()
    {
        foreach (var title in (string[])["S", "Sh", "Shop"])
            session.Apply("Change title", d => d with { Title = title }, key: "title");
        session.Undo();
        Assert.Null(session.Document.Title);
    }

    [Fact]
    public void Apply_SameKeyAfterMovingElsewhere_IsAnotherStep()
    {
        session.Apply("Change title", d => d with { Title = "A" }, key: "title");
        session.Open("order");
        session.Apply("Change title", d => d with { Title = "B" }, key: "title");
        session.Undo();
        Assert.Equal("A", session.Document.Title);
    }

    [Fact]
    public void Apply_AfterUndo_ForgetsWhatWasUndone()
    {
        session.Apply("A", d => d with { Title = "A" });
        session.Undo();
        session.Apply("B", d => d with { Title = "B" });
        Assert.False(session.CanRedo);
    }

    [Fact]
    public void Undo_AfterWorkElsewhere_GoesBackToWhereTheEditWas()
    {
        session.Select(["email"]);
        session.Apply("Remove", d => d.RemoveFields("customer", ["email"]));
        session.Open("order", ["note"]);
        session.Undo();
        Assert.Equal("customer", session.Entity!.Name);
        Assert.Equal(["email"], session.SelectedFields);
    }

    [Fact]
    public void Apply_OpenEntityRemoved_OpensItsNeighbour()
    {
        session.Open("order");
        session.Apply("Remove", d => d.RemoveEntity("order"));
        Assert.Equal("customer", session.Entity!.Name);
    }

    [Fact]
    public void Select_FieldsInAnyOrder_KeepsGridOrderAndDropsUnknown()
    {
        session.Select(["limit", "gone", "id"]);
        Assert.Equal(["id", "limit"], session.SelectedFields);
    }

    [Fact]
    public void Apply_ReadOnly_DoesNothing()
    {
        var sample = new DesignerSession(Shop.Document, Shop.Document, 1, readOnly: true);
        sample.Apply("Title", d => d with { Title = "mine" });
        Assert.Same(Shop.Document, sample.Document);
    }

    [Fact]
    public void IsDirty_EditTakenBackByHand_IsFalse()
    {
        session.Apply("Title", d => d with { Title = "x" });
        Assert.True(session.IsDirty);
        session.Apply("Title", d => d with { Title = null });
        Assert.False(session.IsDirty);
    }

    [Fact]
    public void MarkSaved_AfterEdit_IsCleanAndStillUndoes()
    {
        session.Apply("Title", d => d with { Title = "x" });
        session.MarkSaved(session.Document, 4);
        Assert.False(session.IsDirty);
        Assert.Equal(4, session.BaseVersion);
        session.Undo();
        Assert.True(session.IsDirty);
    }

    [Fact]
    public void Changed_EditAndSelection_SaysWhich()
    {
        var raised = new List<bool>();
        session.Changed += raised.Add;
        session.Apply("Title", d => d with { Title = "x" });
        session.Open("order");
        Assert.Equal([true, false], raised);
    }
}
