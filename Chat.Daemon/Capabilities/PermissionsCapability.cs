using System.Globalization;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IPermissions"/>
/// <remarks>
/// A caller can change only what is at or below their own role, so they cannot grant what they lack, nor lock themselves out.
/// </remarks>
internal sealed class PermissionsCapability(
    Attachment caller, CommandRegistry commandRegistry, RuntimePermissions runtimePermissions, ConversationStore conversationStore)
    : IPermissions
{
    private PermissionTable Table => commandRegistry.Current.Permissions;

    public async ValueTask<IReadOnlyList<PermissionRule>> ListAsync(CancellationToken cancellation)
    {
        var (table, rules) = (Table, new List<PermissionRule>());
        foreach (var permission in table.Names.Order(StringComparer.Ordinal))
        {
            var origin = table.IsDecided(permission, null) ? "decided" : table.IsSet(permission) ? "settings" : "declared";
            rules.Add(new(permission, null, table.LowestOf(permission), origin));
            foreach (var (id, lowest) in table.RulesOfRooms(permission))
                if (await RoomAsync(id, cancellation) is { } room) rules.Add(new(permission, room, lowest, "decided"));
        }
        return rules;
    }

    public Task SetAsync(string permission, Role minimumRole, Room? room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!Enum.IsDefined(minimumRole)) throw Refused(RefusalCode.BadArguments);
        var name = NameOf(permission);
        return runtimePermissions.SetAsync(
            new(name, room?.Id, minimumRole), () => Check(name, Table.LowestOf(name, room?.Id), minimumRole));
    }

    public Task<bool> ResetAsync(string permission, Room? room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // A rule for a permission that nothing needs any more can still be removed.
        var name = Table.IsDecided(permission, room?.Id) ? permission : NameOf(permission);
        return runtimePermissions.ResetAsync(
            name, room?.Id, () => Check(name, Table.LowestOf(name, room?.Id), Table.UndecidedOf(name, room?.Id)));
    }

    private void Check(string permission, Role before, Role after)
    {
        if (before > caller.User.Role || after > caller.User.Role)
            throw new RefusalException(RefusalCode.Forbidden, caller.Texts.AboveOwnRole(permission));
    }

    private string NameOf(string given)
    {
        var folded = NameFold.Of(given);
        var names = Table.Names.ToList();
        return names.Find(name => NameFold.Of(name) == folded)
            ?? throw Unknown();

        RefusalException Unknown() => new(
            RefusalCode.BadArguments, caller.Texts.NoSuchPermission(TextRules.Harmless(given), NearestName.Guess(given, names)));
    }

    /// <returns>Null if the room is gone.</returns>
    private async ValueTask<Room?> RoomAsync(string id, CancellationToken cancellation) =>
        long.TryParse(id, CultureInfo.InvariantCulture, out var number)
        && await conversationStore.FindRoomAsync(new ConversationId(number), cancellation) is { } room
            ? new Room(id, room.Name, room.Private == true)
            : null;

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));
}
