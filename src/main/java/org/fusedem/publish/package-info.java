/**
 * One writer gives models to many readers: none waits for another, none sees half a model.
 *
 * <table>
 * <caption>Which way</caption>
 * <tr><th>readers</th><th>use</th><th>garbage</th></tr>
 * <tr><td>threads of one process, new models now and then</td>
 *     <td>{@link org.fusedem.publish.PublishedModel}: an immutable model behind a reference</td>
 *     <td>one model per publication, on the writer's thread</td></tr>
 * <tr><td>threads of one process, new models all the time</td>
 *     <td>{@link org.fusedem.publish.SharedModelWriter#inMemory} and its readers</td><td>none</td></tr>
 * <tr><td>other processes</td>
 *     <td>{@link org.fusedem.publish.SharedModelWriter#open} and
 *     {@link org.fusedem.publish.SharedModelReader#open}, over a mapped file</td><td>none</td></tr>
 * </table>
 *
 * <p>A reader that got a model gives it to its scorer: {@link org.fusedem.model.PointScorer#use} and
 * {@link org.fusedem.model.BatchScorer#use}, which allocate nothing either.
 */
package org.fusedem.publish;
