/** Predictions over HTTP, several requests to a call, and a load test. */
package com.example.service;
