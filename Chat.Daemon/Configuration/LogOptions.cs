namespace Chat.Daemon.Configuration;

internal sealed class LogOptions(SettingReader read)
{
    public bool MessageBodies { get; } = read.Switch("Chat:Logging:MessageBodies", false,
        "Writes what people say into the log. Off: the log is read by more eyes than the rooms, and a line costs more than the message.");

    public string Folder { get; } = read.Folder("Chat:Logging:Folder", "logs",
        "Where server.log and its older parts lie. Where it cannot be written, the daemon warns and logs to standard error only.");
}
