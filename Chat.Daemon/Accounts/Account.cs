using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>A stored identity with a role, as read at one moment.</summary>
/// <param name="Password">The hash, in the PHC string format.</param>
/// <param name="KnownAddress">The address of the last login with the right password: <see cref="GuessLimits"/> exempts it.</param>
internal sealed record Account(long Id, UserName Name, Role Role, string Password, string? KnownAddress);
