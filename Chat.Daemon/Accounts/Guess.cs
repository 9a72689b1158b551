using System.Net;

namespace Chat.Daemon.Accounts;

/// <summary>A guess of a password that <see cref="GuessLimits"/> has counted or refused.</summary>
/// <param name="IsShared">It counts for all networks that the account does not know.</param>
/// <param name="Wait">Null if the password may be checked; otherwise how long to wait.</param>
internal readonly record struct Guess(string Name, IPNetwork Network, bool IsShared, TimeSpan? Wait);
