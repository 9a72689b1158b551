using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>A durable identity with a role, as it was when it was read.</summary>
/// <param name="Password">A hash in the PHC string format.</param>
/// <param name="KnownAddress">Where its password was last right: from there guesses of others do not slow its owner down.</param>
internal sealed record Account(long Id, UserName Name, Role Role, string Password, string? KnownAddress);
