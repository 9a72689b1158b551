using System.Net;
using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>A ban of an account from any address, of a guest's name in a network, or of a whole network.</summary>
/// <param name="Subject"><c>a</c> and the account's number, or <c>g:</c> and the key of the guest's name; empty for a whole
/// network.</param>
/// <param name="Name">As the moderator wrote it.</param>
/// <param name="Network">Null for an account.</param>
/// <param name="Until">Null: until it is lifted.</param>
/// <param name="Rank">The moderator's role: a ban of a whole network keeps out only lower roles.</param>
internal sealed record Ban(string Subject, string Name, IPNetwork? Network, DateTimeOffset? Until, string Reason, string By, Role Rank)
{
    public static string SubjectOfGuest(UserName name) => $"g:{name.Key}";

    public bool Covers(string subject, Role role, IPAddress address) =>
        (Subject.Length == 0 ? role < Rank : Subject == subject) && (Network is not { } network || network.Contains(address));
}
