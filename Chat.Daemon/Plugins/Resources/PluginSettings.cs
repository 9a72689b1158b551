using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <inheritdoc cref="ISettings{T}"/>
internal sealed partial class PluginSettings<T> : ISettings<T>, IAsyncDisposable where T : class, new()
{
    private const int LargestFile = 1_048_576;

    private readonly string path;
    private readonly JsonTypeInfo<T> json;
    private readonly Func<T, string?>? problem;
    private readonly ILogger log;
    private readonly FileChangeTracker sight;
    private readonly FileWatcher watch;
    private readonly Lock gate = new(); // guards the list
    private readonly List<Action<T>> listeners = [];
    private T current;

    /// <exception cref="PluginRefusedException">The file is wrong.</exception>
    public PluginSettings(string path, JsonTypeInfo<T> json, Func<T, string?>? problem, TimeProvider time, ILogger log)
    {
        (this.path, this.problem, this.log, sight) = (path, problem, log, new(() => [path])); // before it is read: no change is missed
        // What the operator writes by hand may hold comments; a name that means nothing must not pass for a setting.
        var options = new JsonSerializerOptions(json.Options)
        {
            ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, PropertyNameCaseInsensitive = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        this.json = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        current = Read();
        using var clean = ExecutionContext.SuppressFlow(); // or the timer would keep the plugin's async-locals
        watch = new FileWatcher(sight, Reload, time, log);
    }

    public T Current => Volatile.Read(ref current);

    public IDisposable OnChange(Action<T> changed)
    {
        lock (gate) listeners.Add(changed);
        return new Listening(this, changed);
    }

    /// <summary>Completes when no listener is told any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        lock (gate) listeners.Clear();
    }

    private void Reload()
    {
        try
        {
            Volatile.Write(ref current, Read());
        }
        catch (PluginRefusedException refused)
        {
            Kept(PluginFailure.Of(refused.InnerException), refused.Message);
            return;
        }
        Taken(Printable.Escape(path));
        Action<T>[] all;
        lock (gate) all = [.. listeners];
        foreach (var listener in all) Tell(listener);
    }

    private void Tell(Action<T> listener)
    {
        try
        {
            listener(Current);
        }
        catch (Exception failure) // the plugin's bug: the settings are in force all the same
        {
            ListenerFailed(PluginFailure.Of(failure), Printable.Escape(path));
        }
    }

    private T Read()
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return Checked(new T());
            if (file.Length > LargestFile) throw Refused(t => t.SettingsTooLarge(path, LargestFile));
            return Checked(JsonSerializer.Deserialize(File.ReadAllBytes(path), json) ?? throw Refused(t => t.SettingsNull(path)));
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Refused(t => t.Settings(path, failure.Message));
        }
        catch (Exception failure) when (failure is not PluginRefusedException) // a setter's, or the check's own
        {
            throw Refused(t => t.SettingsThrew(path, failure.GetType().Name, failure.Message), failure);
        }
    }

    private T Checked(T settings) => problem?.Invoke(settings) is { } sentence ? throw Refused(t => t.Settings(path, sentence)) : settings;

    private PluginRefusedException Refused(Func<PluginTexts, string> text, Exception? cause = null) => new(Sentence.Of(text), Fault.Settings, cause) { Settings = sight };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sentence} What held before goes on to hold.")]
    private partial void Kept(Exception? failure, string sentence);

    [LoggerMessage(Level = LogLevel.Information, Message = "The changed settings in {Path} are in force.")]
    private partial void Taken(string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "The plugin threw when it was told of the changed settings in {Path}.")]
    private partial void ListenerFailed(Exception failure, string path);

    private sealed class Listening(PluginSettings<T> settings, Action<T> changed) : IDisposable
    {
        public void Dispose()
        {
            lock (settings.gate) settings.listeners.Remove(changed);
        }
    }
}
