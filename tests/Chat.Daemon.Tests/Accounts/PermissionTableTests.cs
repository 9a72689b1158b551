using Chat.Daemon.Accounts;

namespace Chat.Daemon.Tests.Accounts;

[TestClass]
public sealed class PermissionTableTests
{
    [TestMethod]
    [DataRow("room.kick", "guest,member", "moderator,admin")]
    [DataRow("message.send", "", "guest,member,moderator,admin")]
    [DataRow("undeclared", "guest,member,moderator", "admin")]
    [DataRow("room.create", "guest", "member,moderator,admin")]
    [DataRow("given", "guest", "member,moderator,admin")]
    [DataRow("taken.from.all", "guest,member,moderator,admin", "")]
    [DataRow("given.and.taken", "guest,member", "moderator,admin")]
    [DataRow("twice", "guest,member", "moderator,admin")]
    public void ARoleHasThePermissionsOfDeclarationsAndSettings(string permission, string without, string with)
    {
        var table = new PermissionTable(
            [
                ("room.kick", Role.Moderator), ("given", Role.Admin), ("taken.from.all", Role.Guest), ("given.and.taken", Role.Admin),
                ("twice", Role.Guest), ("twice", Role.Moderator),
            ],
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["guest"] = ["-room.create", "given.and.taken"],
                ["Member"] = ["given", "-given.and.taken"],
                ["admin"] = ["-taken.from.all"],
                ["3"] = ["room.kick"],
            });
        foreach (var role in Roles(without)) Assert.IsFalse(table.Allows(role, permission), role.ToString());
        foreach (var role in Roles(with)) Assert.IsTrue(table.Allows(role, permission), role.ToString());
    }

    private static IEnumerable<Role> Roles(string names) =>
        names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => Enum.Parse<Role>(n, true));
}
