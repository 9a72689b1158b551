using System.Collections.Frozen;

namespace Chat.Daemon.Accounts;

/// <summary>The lowest role that has each permission. Immutable.</summary>
internal sealed class PermissionTable
{
    public const string SendMessage = "message.send";
    public const string SendDirect = "direct.send";
    public const string JoinRoom = "room.join";
    public const string CreateRoom = "room.create";
    public const string DeleteRoom = "room.delete";
    public const string RoomRetention = "room.retention";
    public const string EditMessage = "message.edit";
    public const string DeleteOwn = "message.delete.own";
    public const string DeleteMessage = "message.delete";
    public const string React = "message.react";
    public const string Search = "message.search";

    /// <summary>The permissions that frames need, and those that the daemon checks for commands, which may be another plugin's.</summary>
    private static readonly (string Permission, Role Lowest)[] Plain =
    [
        (SendMessage, Role.Guest), (SendDirect, Role.Guest), (JoinRoom, Role.Guest), (CreateRoom, Role.Guest), (DeleteRoom, Role.Moderator),
        (RoomRetention, Role.Moderator),
        (EditMessage, Role.Guest), (DeleteOwn, Role.Guest), (DeleteMessage, Role.Moderator), (React, Role.Guest),
        (Search, Role.Member),
    ];

    private readonly FrozenDictionary<string, Role> asked, settled, lowest;
    private readonly FrozenDictionary<(string Permission, string Room), Role> lowestIn;
    private readonly FrozenSet<string> decidedEverywhere;

    /// <param name="declared">If two commands declare one permission, the higher role counts.</param>
    /// <param name="overrides">
    /// The permissions that each role and all above get. A permission with <c>-</c> is taken from the role and all below, which wins.
    /// </param>
    /// <param name="decided">The permissions set at runtime, which win over both.</param>
    public PermissionTable(
        IEnumerable<(string Permission, Role Lowest)> declared,
        IReadOnlyDictionary<string, IReadOnlyList<string>> overrides,
        IReadOnlyCollection<RuntimePermission>? decided = null)
    {
        asked = Plain.Concat(declared).GroupBy(d => d.Permission).ToFrozenDictionary(g => g.Key, g => g.Max(d => d.Lowest));
        var table = asked.ToDictionary();
        var known = overrides.Select(o => (Role: RoleOf(o.Key), Permissions: o.Value)).Where(o => o.Role is not null).ToList();
        var changes = known.SelectMany(o => o.Permissions, (o, permission) => (Role: o.Role!.Value, Permission: permission)).ToList();
        foreach (var (role, permission) in changes.Where(c => !IsTaken(c.Permission)))
            table[permission] = Lower(table.GetValueOrDefault(permission, Role.Admin), role);
        foreach (var (role, permission) in changes.Where(c => IsTaken(c.Permission)))
            table[permission[1..]] = Higher(table.GetValueOrDefault(permission[1..], Role.Admin), role + 1);
        settled = table.ToFrozenDictionary();
        decided ??= [];
        foreach (var everywhere in decided.Where(d => d.Room is null)) table[everywhere.Permission] = everywhere.Lowest;
        lowest = table.ToFrozenDictionary();
        decidedEverywhere = [.. decided.Where(d => d.Room is null).Select(d => d.Permission)];
        lowestIn = decided.Where(d => d.Room is not null).ToFrozenDictionary(d => (d.Permission, d.Room!), d => d.Lowest);
    }

    /// <summary>Whether the owner of a private room has the permission there whatever the role; within limits of its own.</summary>
    public static bool IsOwners(string permission) => permission == RoomRetention;

    public bool HasRoomRules => lowestIn.Count > 0;

    /// <summary>The permissions that a command or a frame needs.</summary>
    public IEnumerable<string> Names => asked.Keys;

    /// <summary>The permission's rules for single rooms, by the rooms' ids.</summary>
    public IEnumerable<(string Room, Role Lowest)> RulesOfRooms(string permission) =>
        lowestIn.Where(rule => rule.Key.Permission == permission).Select(rule => (rule.Key.Room, rule.Value));

    /// <summary>The role that would apply without the permission's own runtime rule there.</summary>
    public Role UndecidedOf(string permission, string? room) =>
        room is null ? settled.GetValueOrDefault(permission, Role.Admin) : LowestOf(permission);

    /// <param name="room">The room's id; null for the rule that applies to rooms without their own.</param>
    public bool IsDecided(string permission, string? room) =>
        room is null ? decidedEverywhere.Contains(permission) : lowestIn.ContainsKey((permission, room));

    /// <summary>Whether the settings change the declared role.</summary>
    public bool IsSet(string permission) => settled.GetValueOrDefault(permission) != asked.GetValueOrDefault(permission);

    /// <param name="room">The room's id; null outside a room.</param>
    public bool Allows(Role role, string permission, string? room = null) => role >= LowestOf(permission, room);

    /// <summary>The lowest role that has the permission there. Only admins have a permission that nothing declares.</summary>
    public Role LowestOf(string permission, string? room = null) =>
        room is not null && lowestIn.TryGetValue((permission, room), out var role)
            ? role
            : lowest.GetValueOrDefault(permission, Role.Admin);

    private static bool IsTaken(string permission) => permission.StartsWith('-');

    private static Role Lower(Role a, Role b) => a < b ? a : b;

    private static Role Higher(Role a, Role b) => a > b ? a : b;

    private static Role? RoleOf(string name) =>
        Enum.GetNames<Role>().Contains(name, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<Role>(name, ignoreCase: true) : null;
}
