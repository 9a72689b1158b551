using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Postgres;

namespace Chat.Daemon.CommandLine.Checks;

/// <summary>Connects to the PostgreSQL server of <c>Chat:Database</c>, and looks at its settings. Changes nothing there.</summary>
internal static class ServerCheck
{
    public static CheckResult Result(ChatOptions options, ProgramTexts texts, string language)
    {
        var place = "Chat:Database";
        try
        {
            using var server = new PostgresServer(options.Database, options.History.Durability);
            place = server.Place;
            return new(texts.CheckServer(place), server.Problem()?.In(language), ExitStatus.DatabaseUnusable);
        }
        catch (StorageUnusableException e)
        {
            return new(texts.CheckServer(place), e.In(language), e.Status);
        }
    }
}
