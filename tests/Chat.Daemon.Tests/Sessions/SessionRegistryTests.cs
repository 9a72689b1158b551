using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Sessions;

[TestClass]
public sealed class SessionRegistryTests
{
    [TestMethod]
    public void ASessionJustFoundByItsTokenIsNotDropped()
    {
        var time = new TestTime();
        var registry = new SessionRegistry(time);
        Assert.IsTrue(UserName.TryParse("ana", out var name));
        var user = new ChatUser(Identity.OfGuest(1), name, Role.Guest);
        var ana = registry.Add(new Session(1, null, user, [1, 2], time), claim: null);

        time.Advance(SessionRegistry.HoldTime);
        Assert.AreSame(ana, registry.Find([1, 2]));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsEmpty(registry.DropExpired());
        Assert.AreSame(ana, registry.Find([1, 2]));
        time.Advance(SessionRegistry.HoldTime + TimeSpan.FromSeconds(1));
        Assert.HasCount(1, registry.DropExpired());
        Assert.IsNull(registry.Find([1, 2]));
    }
}
