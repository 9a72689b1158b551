namespace Chat.LoadTest.Daemons;

/// <param name="errors">The last lines of the daemon's standard error.</param>
internal sealed class DaemonStartException(string errors) : Exception(errors);
