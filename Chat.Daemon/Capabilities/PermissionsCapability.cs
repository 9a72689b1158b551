using System.Globalization;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IPermissions"/>
/// <remarks>Nobody moves what stands above its own role, nor moves anything there: so nobody gives away what it lacks, or loses what it decides with.</remarks>
internal sealed class PermissionsCapability(Attachment caller, CommandRegistry registry, RuntimePermissions decided, ConversationStore rooms) : IPermissions
{
    private PermissionTable Table => registry.Current.Permissions;

    public async ValueTask<IReadOnlyList<PermissionRule>> ListAsync(CancellationToken cancellation)
    {
        var (table, rules) = (Table, new List<PermissionRule>());
        foreach (var permission in table.Names.Order(StringComparer.Ordinal))
        {
            rules.Add(new(permission, null, table.LowestOf(permission), table.IsDecided(permission, null) ? "decided" : table.IsSet(permission) ? "settings" : "declared"));
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
        return decided.SetAsync(new(name, room?.Id, minimumRole), () => Check(name, Table.LowestOf(name, room?.Id), minimumRole));
    }

    public Task<bool> ResetAsync(string permission, Room? room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // What nothing asks for any more can be tidied away.
        var name = Table.IsDecided(permission, room?.Id) ? permission : NameOf(permission);
        return decided.ResetAsync(name, room?.Id, () => Check(name, Table.LowestOf(name, room?.Id), Table.UndecidedOf(name, room?.Id)));
    }

    private void Check(string permission, Role before, Role after)
    {
        if (before > caller.User.Role || after > caller.User.Role) throw new RefusalException(RefusalCode.Forbidden, caller.Texts.AboveOwnRole(permission));
    }

    private string NameOf(string given)
    {
        var folded = NameFold.Of(given);
        var names = Table.Names.ToList();
        return names.Find(name => NameFold.Of(name) == folded)
            ?? throw new RefusalException(RefusalCode.BadArguments, caller.Texts.NoSuchPermission(TextRules.Harmless(given), NearestName.Guess(given, names)));
    }

    /// <summary>Null for one that is gone; who may read the rules may read whom they are for.</summary>
    private async ValueTask<Room?> RoomAsync(string id, CancellationToken cancellation) =>
        long.TryParse(id, CultureInfo.InvariantCulture, out var number) && await rooms.FindRoomAsync(new ConversationId(number), cancellation) is { } room
            ? new Room(id, room.Name, room.Private == true) : null;

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));
}
