namespace Chat.Protocol;

/// <summary>Why the daemon closes a connection. Treat an unknown reason like a lost connection.</summary>
public static class ByeReason
{
    public const string Logout = "logout";
    public const string Shutdown = "shutdown";
    public const string Kicked = "kicked";
    public const string Banned = "banned";
    public const string TakenOver = "taken_over";
    public const string SessionEnded = "session_ended";
    public const string SlowConsumer = "slow_consumer";
    public const string TooManyErrors = "too_many_errors";
    public const string TooManyConnections = "too_many_connections";
    public const string LoginTimeout = "login_timeout";
    public const string Idle = "idle";
    public const string Unavailable = "unavailable";
}
