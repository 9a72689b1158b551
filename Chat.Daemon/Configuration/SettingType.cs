namespace Chat.Daemon.Configuration;

internal enum SettingType
{
    Value,
    Secret,
    List,
    Map,
}
