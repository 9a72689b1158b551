namespace CrashChecker.Clients;

/// <summary>The daemon does not know the session any more. What it was not answered cannot be sent again: the ids belong to it.</summary>
internal sealed class SessionLostException(string message) : Exception(message);
