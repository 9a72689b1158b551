using System.Net;

namespace Chat.Daemon.Accounts;

/// <summary>Who wants to write, and from where.</summary>
/// <param name="Session">A guest's later logins have higher numbers. Negative ones, given on a full disk, count as later than all.</param>
/// <param name="Address">Null if it is not known any more.</param>
internal readonly record struct Speaker(ChatUser User, long Session, IPAddress? Address);
