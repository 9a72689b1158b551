using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <inheritdoc cref="ISettings{T}"/>
internal sealed partial class PluginSettings<T> : ISettings<T>, IAsyncDisposable where T : class, new()
{
    private const int MaxFileBytes = 1_048_576;

    private readonly string path;
    private readonly JsonTypeInfo<T> json;
    private readonly Func<T, string?>? validate;
    private readonly ILogger log;
    private readonly FileChangeTracker fileChangeTracker;
    private readonly FileWatcher watcher;
    private readonly Lock gate = new(); // guards the list
    private readonly List<Action<T>> listeners = [];
    private T current;

    /// <exception cref="PluginRefusedException">The settings file is wrong.</exception>
    public PluginSettings(string path, JsonTypeInfo<T> json, Func<T, string?>? validate, TimeProvider time, ILogger log)
    {
        fileChangeTracker = new(() => [path]); // before reading, to miss no change
        (this.path, this.validate, this.log) = (path, validate, log);
        // The operator may write comments. An unknown or repeated name is an error, because it is probably a typing mistake.
        var options = new JsonSerializerOptions(json.Options)
        {
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            AllowDuplicateProperties = false,
            PropertyNameCaseInsensitive = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        this.json = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        current = Read();
        using var clean = ExecutionContext.SuppressFlow(); // otherwise the timer would keep the plugin's async-locals
        watcher = new FileWatcher(fileChangeTracker, Reload, time, log);
    }

    public T Current => Volatile.Read(ref current);

    public IDisposable OnChange(Action<T> changed)
    {
        lock (gate) listeners.Add(changed);
        return new Registration(this, changed);
    }

    /// <summary>Completes when no listener is called any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await watcher.DisposeAsync();
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
            LogRefused(PluginFailure.Of(refused.InnerException), refused.Message);
            return;
        }
        LogChanged(Printable.Escape(path));
        Action<T>[] all;
        lock (gate) all = [.. listeners];
        foreach (var listener in all) Call(listener);
    }

    private void Call(Action<T> listener)
    {
        try
        {
            listener(Current);
        }
        catch (Exception failure) // a bug in the plugin; the settings are in effect anyway
        {
            LogListenerFailed(PluginFailure.Of(failure), Printable.Escape(path));
        }
    }

    private T Read()
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return Validated(new T());
            if (file.Length > MaxFileBytes) throw Refused(t => t.SettingsTooLarge(path, MaxFileBytes));
            var bytes = File.ReadAllBytes(path);
            // First as it is: an error then names the line of the operator's file.
            _ = JsonSerializer.Deserialize(bytes, json) ?? throw Refused(t => t.SettingsNull(path));
            return Validated(JsonSerializer.Deserialize(DefaultValues.FillIn(bytes, json), json)!);
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Refused(t => t.Settings(path, failure.Message));
        }
        catch (Exception failure) when (failure is not PluginRefusedException) // from a setter, or from the validation
        {
            throw Refused(t => t.SettingsThrew(path, failure.GetType().Name, failure.Message), failure);
        }
    }

    private T Validated(T settings) =>
        validate?.Invoke(settings) is { } problem ? throw Refused(t => t.Settings(path, problem)) : settings;

    private PluginRefusedException Refused(Func<PluginTexts, string> text, Exception? cause = null) =>
        new(LocalizedText.Of(text), PluginFault.Settings, cause) { Settings = fileChangeTracker };

    [LoggerMessage(
        EventId = 760, EventName = "PluginSettingsRefused", Level = LogLevel.Error,
        Message = "{Reason} The previous settings stay in effect.")]
    private partial void LogRefused(Exception? failure, string reason);

    [LoggerMessage(
        EventId = 761, EventName = "PluginSettingsChanged", Level = LogLevel.Information,
        Message = "The changed settings in {Path} are in effect.")]
    private partial void LogChanged(string path);

    [LoggerMessage(
        EventId = 762, EventName = "PluginSettingsListenerFailed", Level = LogLevel.Error,
        Message = "The plugin threw when it was notified of the changed settings in {Path}.")]
    private partial void LogListenerFailed(Exception failure, string path);

    private sealed class Registration(PluginSettings<T> settings, Action<T> changed) : IDisposable
    {
        public void Dispose()
        {
            lock (settings.gate) settings.listeners.Remove(changed);
        }
    }
}
