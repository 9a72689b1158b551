namespace Chat.Daemon.Configuration;

internal sealed class LogOptions(SettingReader read)
{
    public bool MessageBodies { get; } = read.Boolean("Chat:Logging:MessageBodies", false,
        "Logs the text of messages. Off by default: more people can read the log than the rooms, and logging costs more than the message.");

    public string Folder { get; } = read.Folder("Chat:Logging:Folder", "logs",
        "Folder of server.log, security.log and their older files. "
        + "If the daemon cannot write there, it prints a warning and logs to standard error only.");
}
