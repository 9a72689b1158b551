using Chat.Daemon.Reading;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Stores;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;

namespace Chat.Daemon.Tests.Reading;

[TestClass]
public sealed class AccountMarksTests
{
    [TestMethod]
    public void ARoomThatIsGoneFromTheStoredListIsNotWritten()
    {
        var marks = new AccountMarks(7, _ => { });
        marks.List(new(1), 0);
        marks.List(new(2), 0);
        foreach (var id in (long[])[1, 2]) Assert.IsTrue(marks.Move(new(id), 5, (_, _) => { }));

        marks.Load([new ListedRoom(new(2), TestUsers.Room("geral"), 0, IsPrivate: false, Owner: null, IsInvited: false)]);

        var written = new List<ReadMark>();
        marks.BeginWrite(written);
        CollectionAssert.AreEqual(new[] { new ReadMark(new(2), 7, 5, IsOfRoom: true) }, written);
    }

    /// <summary>A reader loads a mark and then moves it, and marks are written in between.</summary>
    [TestMethod]
    public void ADirectConversationIsNotForgottenWhileItIsRead()
    {
        var marks = new AccountMarks(7, _ => { });
        using (marks.Keep())
        {
            marks.Load(Enumerable.Range(1, 600).ToDictionary(id => new ConversationId(id), _ => 3L));
            marks.BeginWrite([]);
            marks.EndWrite();
            Assert.IsTrue(marks.Move(new(1), 4, (read, _) => Assert.AreEqual(4, read)));
        }
        marks.BeginWrite([]);
        marks.EndWrite();
        Assert.IsNull(marks.Of(new(1)), "Memory is not for ever.");
    }
}
